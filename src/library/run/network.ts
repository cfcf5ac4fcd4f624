/** What is needed of the network, when it is: in a file of its own. */
export { createClient } from '../../delivery/client.ts';
export { reach } from '../../delivery/reach.ts';
