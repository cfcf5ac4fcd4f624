import com.github.binarywang.wxpay.bean.notify.SignatureHeader;
import com.github.binarywang.wxpay.bean.notify.WxPayNotifyV3Response;
import com.github.binarywang.wxpay.config.WxPayConfig;
import com.github.binarywang.wxpay.service.impl.WxPayServiceImpl;
import com.github.binarywang.wxpay.v3.auth.CertificatesVerifier;
import com.github.binarywang.wxpay.v3.auth.PublicCertificateVerifier;
import com.github.binarywang.wxpay.v3.auth.Verifier;
import com.github.binarywang.wxpay.v3.util.PemUtils;
import com.google.gson.Gson;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** WxJava as a receiver: its services' own parse methods verify, decrypt and refuse. */
public final class Receiver {
  private static final Map<String, String> ENV = System.getenv();

  private interface Parser {
    Object parse(String body, SignatureHeader header) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    // No SDK call gets out; the listening side is NIO and does not pass through here.
    Socket.setSocketImplFactory(() -> {
      throw new IllegalStateException("receivers have no outbound network");
    });

    var config = new WxPayConfig();
    config.setAppId(ENV.get("APPID"));
    config.setMchId(ENV.get("MCH_ID"));
    config.setApiV3Key(ENV.get("API_V3_KEY"));
    config.setVerifier(trusted());
    var service = new WxPayServiceImpl();
    service.setConfig(config);

    var port = Integer.parseInt(ENV.get("PORT"));
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    addRoutes(server, service);
    server.start();
    System.out.println("listening " + server.getAddress().getPort());
  }

  private static Verifier trusted() throws IOException {
    if ("certificate".equals(ENV.get("VERIFY_WITH"))) {
      var certificate = PemUtils.loadCertificate(new FileInputStream(ENV.get("PLATFORM_CERT")));
      return new CertificatesVerifier(List.of(certificate));
    }
    var key = PemUtils.loadPublicKey(new FileInputStream(ENV.get("PLATFORM_PUBLIC_KEY")));
    return new PublicCertificateVerifier(key, ENV.get("PLATFORM_PUBLIC_KEY_ID"));
  }

  private static void addRoutes(HttpServer server, WxPayServiceImpl service) {
    serve(server, "/transaction", (body, header) -> service.parseOrderNotifyV3Result(body, header).getResult());
    serve(server, "/partner-transaction", (body, header) -> service.parsePartnerOrderNotifyV3Result(body, header).getResult());
    serve(server, "/combined-transaction", (body, header) -> service.parseCombineNotifyResult(body, header).getResult());
    serve(server, "/refund", (body, header) -> service.parseRefundNotifyV3Result(body, header).getResult());
    serve(server, "/partner-refund", (body, header) -> service.parsePartnerRefundNotifyV3Result(body, header).getResult());
    serve(server, "/transfer", (body, header) -> service.parseTransferBillsNotifyV3Result(body, header).getResult());
    serve(server, "/complaint", (body, header) -> service.parseComplaintNotifyResult(body, header).getResult());
    serve(server, "/profit-sharing", service.getProfitSharingService()::parseProfitSharingNotifyResult);
    serve(server, "/coupon-use", (body, header) -> {
      var coupons = service.getMarketingFavorService();
      return coupons.decryptNotifyDataResource(coupons.parseNotifyData(body, ofEcommerce(header)));
    });
    for (var path : List.of("/payscore-confirmed", "/payscore-paid"))
      serve(server, path, (body, header) -> {
        var payScore = service.getPayScoreService();
        return payScore.decryptNotifyDataResource(payScore.parseNotifyData(body, ofEcommerce(header)));
      });
    serve(server, "/payscore-permission", (body, header) -> {
      var permission = service.getPayScoreService().parseUserAuthorizationStatusNotifyResult(body, ofEcommerce(header));
      permission.setRawData(null); // the envelope
      return permission;
    });
  }

  /** The SDK has two classes for the headers. */
  private static com.github.binarywang.wxpay.bean.ecommerce.SignatureHeader ofEcommerce(SignatureHeader header) {
    var same = new com.github.binarywang.wxpay.bean.ecommerce.SignatureHeader();
    same.setTimeStamp(header.getTimeStamp());
    same.setNonce(header.getNonce());
    same.setSigned(header.getSignature());
    same.setSerialNo(header.getSerial());
    return same;
  }

  private static SignatureHeader headerOf(Headers headers) {
    return SignatureHeader.builder()
        .timeStamp(headers.getFirst("Wechatpay-Timestamp"))
        .nonce(headers.getFirst("Wechatpay-Nonce"))
        .signature(headers.getFirst("Wechatpay-Signature"))
        .serial(headers.getFirst("Wechatpay-Serial"))
        .build();
  }

  private static void serve(HttpServer server, String path, Parser parser) {
    server.createContext(path, exchange -> {
      var answer = WxPayNotifyV3Response.success("OK");
      var status = 200;
      try {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var json = new Gson().toJson(parser.parse(body, headerOf(exchange.getRequestHeaders())));
        var parsed = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseHeaders().set("X-Parsed", parsed);
      } catch (Exception e) {
        answer = WxPayNotifyV3Response.fail(String.valueOf(e.getMessage()));
        status = 400;
      }
      var bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
  }
}
