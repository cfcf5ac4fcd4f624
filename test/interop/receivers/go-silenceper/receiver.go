// silenceper/wechat as a receiver. SIGN_TYPE is not read: PaidVerifySign follows the message's sign_type,
// and takes MD5 where there is none.
package main

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"reflect"

	"github.com/silenceper/wechat/v2/pay"
	"github.com/silenceper/wechat/v2/pay/config"
	"github.com/silenceper/wechat/v2/pay/notify"
)

// fieldsOf lists what the SDK put into its structures, by the names on the wire.
func fieldsOf(structures ...any) map[string]string {
	fields := map[string]string{}
	for _, structure := range structures {
		value := reflect.ValueOf(structure).Elem()
		for i := range value.NumField() {
			if field := value.Field(i); !field.IsNil() {
				fields[value.Type().Field(i).Tag.Get("xml")] = fmt.Sprint(field.Elem())
			}
		}
	}
	delete(fields, "req_info")
	return fields
}

// offline stands in for the transport of every client that the SDK makes.
type offline struct{}

func (offline) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("receivers have no outbound network")
}

// payment verifies. The SDK leaves parsing to its user, and panics when there is no sign.
func payment(sdk *notify.Notify, body []byte) (fields map[string]string, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("PaidVerifySign: %v", panicked)
		}
	}()
	var result notify.PaidResult
	if err := xml.Unmarshal(body, &result); err != nil {
		return nil, err
	}
	if !sdk.PaidVerifySign(result) {
		return nil, errors.New("PaidVerifySign: false")
	}
	return fieldsOf(&result), nil
}

func refund(sdk *notify.Notify, body []byte) (map[string]string, error) {
	var result notify.RefundedResult
	if err := xml.Unmarshal(body, &result); err != nil {
		return nil, err
	}
	info, err := sdk.DecryptReqInfo(&result)
	if err != nil {
		return nil, err
	}
	return fieldsOf(&result, info), nil
}

type parser func(*notify.Notify, []byte) (map[string]string, error)

func serve(sdk *notify.Notify, parse parser) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		answer := notify.PaidResp{ReturnCode: "SUCCESS", ReturnMsg: "OK"}
		if fields, err := parse(sdk, body); err != nil {
			answer = notify.PaidResp{ReturnCode: "FAIL", ReturnMsg: err.Error()}
		} else {
			parsed, _ := json.Marshal(fields)
			w.Header().Set("X-Parsed", base64.StdEncoding.EncodeToString(parsed))
		}
		w.Header().Set("Content-Type", "text/xml")
		_ = xml.NewEncoder(w).Encode(answer)
	}
}

func main() {
	http.DefaultTransport = offline{}
	sdk := pay.NewPay(&config.Config{
		AppID: os.Getenv("APPID"), MchID: os.Getenv("MCH_ID"), Key: os.Getenv("API_KEY"),
	}).GetNotify()
	http.HandleFunc("/payment", serve(sdk, payment))
	http.HandleFunc("/refund", serve(sdk, refund))

	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		panic(err)
	}
	fmt.Println("listening", listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, nil))
}
