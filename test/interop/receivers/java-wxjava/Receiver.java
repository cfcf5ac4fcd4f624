import com.github.binarywang.wxpay.bean.notify.WxPayNotifyResponse;
import com.github.binarywang.wxpay.bean.notify.WxPayOrderNotifyResult;
import com.github.binarywang.wxpay.bean.result.BaseWxPayResult;
import com.github.binarywang.wxpay.bean.result.WxSignStatusNotifyResult;
import com.github.binarywang.wxpay.bean.result.WxWithholdNotifyResult;
import com.github.binarywang.wxpay.config.WxPayConfig;
import com.github.binarywang.wxpay.service.impl.WxPayServiceImpl;
import com.github.binarywang.wxpay.util.SignUtils;
import com.google.gson.Gson;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** WxJava as a receiver: WxPayService's own parse methods verify, decrypt and refuse. */
public final class Receiver {
  private static final Map<String, String> ENV = System.getenv();

  private interface Parser {
    Map<String, String> parse(String xml) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    // No SDK call gets out; the listening side is NIO and does not pass through here.
    Socket.setSocketImplFactory(() -> {
      throw new IllegalStateException("receivers have no outbound network");
    });

    var config = new WxPayConfig();
    config.setAppId(ENV.get("APPID"));
    config.setMchId(ENV.get("MCH_ID"));
    config.setMchKey(ENV.get("API_KEY"));
    config.setSignType(ENV.get("SIGN_TYPE"));
    var service = new WxPayServiceImpl();
    service.setConfig(config);

    var port = Integer.parseInt(ENV.get("PORT"));
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    addRoutes(server, service, config.getSignType());
    server.start();
    System.out.println("listening " + server.getAddress().getPort());
  }

  private static void addRoutes(HttpServer server, WxPayServiceImpl service, String signType) {
    serve(server, "/payment", xml -> withCoupons(service.parseOrderNotifyResult(xml)));
    serve(server, "/refund", xml -> {
      var refund = service.parseRefundNotifyResult(xml);
      var fields = fieldsOf(refund);
      fields.remove("req_info");
      fields.putAll(fieldsOf(refund.getReqInfo()));
      return fields;
    });
    serve(server, "/native-call", xml -> fieldsOf(service.parseScanPayNotifyResult(xml)), Receiver::order);
    // The SDK has these classes but no service method that returns them.
    serve(server, "/contract", xml -> {
      var change = WxSignStatusNotifyResult.fromXML(xml);
      change.checkResult(service, signType, false);
      return fieldsOf(change);
    });
    serve(server, "/deduction", xml -> {
      var deduction = WxWithholdNotifyResult.fromXML(xml);
      deduction.checkResult(service, signType, false);
      return fieldsOf(deduction);
    });
  }

  /** What the SDK put into the bean (its toMap() reads the XML again instead). */
  private static Map<String, String> fieldsOf(Object bean) {
    var fields = SignUtils.xmlBean2Map(bean);
    fields.keySet().removeIf(name -> !name.matches("[a-z0-9_]+")); // no wire name: the SDK's own
    return fields;
  }

  private static Map<String, String> withCoupons(WxPayOrderNotifyResult result) {
    var fields = fieldsOf(result);
    for (int i = 0; i < result.getCouponList().size(); i++) fields.putAll(result.getCouponList().get(i).toMap(i));
    return fields;
  }

  /** The answer to native mode one. The SDK signs it, and has no class for it. */
  private static String order() {
    var fields = new TreeMap<>(Map.of("return_code", "SUCCESS", "result_code", "SUCCESS"));
    fields.put("appid", ENV.get("APPID"));
    fields.put("mch_id", ENV.get("MCH_ID"));
    fields.put("nonce_str", "5K8264ILTKCH16CQ2502SI8ZNMTM67VS");
    fields.put("prepay_id", "wx201410272009395522657a690389285100");
    fields.put("sign", SignUtils.createSign(fields, ENV.get("SIGN_TYPE"), ENV.get("API_KEY"), new String[0]));
    var xml = new StringBuilder("<xml>");
    fields.forEach((name, value) -> xml.append("<" + name + ">" + value + "</" + name + ">"));
    return xml.append("</xml>").toString();
  }

  private static void serve(HttpServer server, String path, Parser parser) {
    serve(server, path, parser, () -> WxPayNotifyResponse.successResp("OK"));
  }

  private static void serve(HttpServer server, String path, Parser parser, Supplier<String> success) {
    server.createContext(path, exchange -> {
      String answer;
      try {
        var fields = parser.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var json = new Gson().toJson(fields).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Parsed", Base64.getEncoder().encodeToString(json));
        answer = success.get();
      } catch (Exception e) {
        answer = WxPayNotifyResponse.failResp(e.getMessage());
      }
      var bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
  }
}
