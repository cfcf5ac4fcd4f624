/** A notification that is not taken. Its message is for the sender, and tells no secret. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {number} [status] what API v3 is answered with
   */
  constructor(message, status = 400) {
    super(message);
    this.status = status;
  }
}
