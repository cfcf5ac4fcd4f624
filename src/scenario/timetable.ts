/**
 * When the platform sends a notification again that was not acknowledged: the seconds from one attempt to the next.
 * The first attempt and these fifteen, 24 h 4 min in all.
 *
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7&index=8
 */
export const TIMETABLE: readonly number[] = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
];

/** How often the platform sends a notification at most. */
export const ATTEMPTS = TIMETABLE.length + 1;
