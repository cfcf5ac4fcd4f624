// Preloaded into the Node receivers: an SDK that wants to go out fails at once, and loudly, before any look-up.
// Accepted connections do not pass through here.
import net from 'node:net';

net.Socket.prototype.connect = () => {
  throw new Error('receivers have no outbound network');
};
