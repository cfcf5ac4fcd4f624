"""wechatpy as a receiver.

SIGN_TYPE is not read: parse_payment_result() knows MD5 only. It takes every field there is, so it serves the
other signed kinds as well.
"""
import base64
import json
import os
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from wechatpy.exceptions import WeChatException
from wechatpy.pay import WeChatPay
from wechatpy.pay.utils import calculate_signature, dict_to_xml

APPID, MCH_ID, API_KEY = (os.environ[name] for name in ('APPID', 'MCH_ID', 'API_KEY'))


def refuse(*_args, **_kwargs):
    raise OSError('receivers have no outbound network')


socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse

pay = WeChatPay(appid=APPID, api_key=API_KEY, mch_id=MCH_ID)


def order():
    """The answer to native mode one."""
    fields = {'return_code': 'SUCCESS', 'result_code': 'SUCCESS', 'appid': APPID, 'mch_id': MCH_ID}
    fields['nonce_str'] = '5K8264ILTKCH16CQ2502SI8ZNMTM67VS'
    fields['prepay_id'] = 'wx201410272009395522657a690389285100'
    return dict_to_xml(fields, sign=calculate_signature(fields, API_KEY))


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        xml = self.rfile.read(int(self.headers['Content-Length'])).decode()
        parse = pay.parse_refund_notify_result if self.path == '/refund' else pay.parse_payment_result
        self.send_response(200)
        self.send_header('Content-Type', 'text/xml')
        try:
            fields = {name: str(value) for name, value in parse(xml).items()}
            self.send_header('X-Parsed', base64.b64encode(json.dumps(fields).encode()).decode())
            acknowledged = dict_to_xml({'return_code': 'SUCCESS', 'return_msg': 'OK'})
            answer = order() if self.path == '/native-call' else acknowledged
        # What does not decrypt or parse surfaces as whatever the libraries underneath throw.
        except Exception as error:
            reason = error.errmsg if isinstance(error, WeChatException) else type(error).__name__
            answer = dict_to_xml({'return_code': 'FAIL', 'return_msg': reason})
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_args):
        pass


server = ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Receiver)
print('listening', server.server_port, flush=True)
server.serve_forever()
