/** Maps with at most `limit` at once, and keeps the order. After a failure nothing is begun, and what runs is waited for. */
export async function inParallel(limit, items, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      try {
        results[index] = await work(items[index]);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  const failed = workers.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  return results;
}
