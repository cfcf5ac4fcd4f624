import com.google.gson.JsonObject;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.wechat.pay.java.core.notification.NotificationConfig;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RSANotificationConfig;
import com.wechat.pay.java.core.notification.RSAPublicKeyNotificationConfig;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.core.util.GsonUtil;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.refund.model.RefundNotification;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** wechatpay-java as a receiver: its NotificationParser verifies, decrypts and refuses. */
public final class Receiver {
  private static final Map<String, String> ENV = System.getenv();

  /** The SDK's classes for notifications; everything else it opens into a JSON object. */
  private static final Map<String, Class<?>> CLASSES = Map.of(
      "/transaction", Transaction.class,
      "/partner-transaction", com.wechat.pay.java.service.partnerpayments.jsapi.model.Transaction.class,
      "/refund", RefundNotification.class,
      "/partner-refund", RefundNotification.class);

  public static void main(String[] args) throws Exception {
    // No SDK call gets out; the listening side is NIO and does not pass through here.
    Socket.setSocketImplFactory(() -> {
      throw new IllegalStateException("receivers have no outbound network");
    });

    var parser = new NotificationParser(trusted());
    var port = Integer.parseInt(ENV.get("PORT"));
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", exchange -> {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var answer = Map.of("code", "SUCCESS");
      var status = 200;
      try {
        var type = CLASSES.getOrDefault(exchange.getRequestURI().getPath(), JsonObject.class);
        var json = GsonUtil.toJson(parser.parse(request(exchange.getRequestHeaders(), body), type));
        var parsed = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseHeaders().set("X-Parsed", parsed);
      } catch (RuntimeException e) {
        answer = Map.of("code", "FAIL", "message", String.valueOf(e.getMessage()));
        status = 400;
      }
      var bytes = GsonUtil.toJson(answer).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.start();
    System.out.println("listening " + server.getAddress().getPort());
  }

  private static NotificationConfig trusted() {
    if ("certificate".equals(ENV.get("VERIFY_WITH")))
      return new RSANotificationConfig.Builder()
          .apiV3Key(ENV.get("API_V3_KEY"))
          .certificatesFromPath(ENV.get("PLATFORM_CERT"))
          .build();
    return new RSAPublicKeyNotificationConfig.Builder()
        .apiV3Key(ENV.get("API_V3_KEY"))
        .publicKeyFromPath(ENV.get("PLATFORM_PUBLIC_KEY"))
        .publicKeyId(ENV.get("PLATFORM_PUBLIC_KEY_ID"))
        .build();
  }

  private static RequestParam request(Headers headers, String body) {
    return new RequestParam.Builder()
        .serialNumber(headers.getFirst("Wechatpay-Serial"))
        .nonce(headers.getFirst("Wechatpay-Nonce"))
        .timestamp(headers.getFirst("Wechatpay-Timestamp"))
        .signature(headers.getFirst("Wechatpay-Signature"))
        .signType(headers.getFirst("Wechatpay-Signature-Type"))
        .body(body)
        .build();
  }
}
