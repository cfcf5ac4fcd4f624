// wechatpay-go as a receiver: its notify.Handler verifies, decrypts and refuses.
package main

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/notify"
	"github.com/wechatpay-apiv3/wechatpay-go/services/partnerpayments"
	"github.com/wechatpay-apiv3/wechatpay-go/services/payments"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"
)

// offline stands in for the transport of every client that the SDK makes.
type offline struct{}

func (offline) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("receivers have no outbound network")
}

func trusted() (auth.Verifier, error) {
	if os.Getenv("VERIFY_WITH") == "certificate" {
		certificate, err := utils.LoadCertificateWithPath(os.Getenv("PLATFORM_CERT"))
		if err != nil {
			return nil, err
		}
		visitor := core.NewCertificateMapWithList([]*x509.Certificate{certificate})
		return verifiers.NewSHA256WithRSAVerifier(visitor), nil
	}
	key, err := utils.LoadPublicKeyWithPath(os.Getenv("PLATFORM_PUBLIC_KEY"))
	if err != nil {
		return nil, err
	}
	return verifiers.NewSHA256WithRSAPubkeyVerifier(os.Getenv("PLATFORM_PUBLIC_KEY_ID"), *key), nil
}

// contentFor is what the SDK opens a notification into: its structures for payments, its map for the rest.
func contentFor(path string) any {
	switch path {
	case "/transaction":
		return new(payments.Transaction)
	case "/partner-transaction":
		return new(partnerpayments.Transaction)
	}
	return new(notify.ContentMap)
}

func serve(sdk *notify.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		content := contentFor(r.URL.Path)
		answer := map[string]string{"code": "SUCCESS"}
		if err := parse(sdk, r, content); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			answer = map[string]string{"code": "FAIL", "message": err.Error()}
		} else {
			parsed, _ := json.Marshal(content)
			w.Header().Set("X-Parsed", base64.StdEncoding.EncodeToString(parsed))
		}
		_ = json.NewEncoder(w).Encode(answer)
	}
}

// parse refuses by an error also where the SDK panics: on a nonce of another length, and without a resource.
func parse(sdk *notify.Handler, r *http.Request, content any) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("ParseNotifyRequest: %v", panicked)
		}
	}()
	_, err = sdk.ParseNotifyRequest(r.Context(), r, content)
	return err
}

func main() {
	http.DefaultTransport = offline{}
	verifier, err := trusted()
	if err != nil {
		panic(err)
	}
	sdk, err := notify.NewRSANotifyHandler(os.Getenv("API_V3_KEY"), verifier)
	if err != nil {
		panic(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		panic(err)
	}
	fmt.Println("listening", listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, serve(sdk)))
}
