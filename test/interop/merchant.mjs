/** The merchant that wxnotify signs for and the receivers verify for. Made up: none of it opens anything. */
export const merchant = {
  appid: 'wx2421b1c4370ec43b',
  mch_id: '10000100',
  api_key: 'interopKEYmadeUPforTHEreceivers1',
  api_v3_key: 'interopV3KEYmadeUPforRECEIVERS12',
};
