/** DOMPurify as Monaco imports it: functions by name. The build puts this in the place of the copy inside Monaco. */
import purify from "dompurify";

export const { addHook, isSupported, removeAllHooks, removeHook, removeHooks, sanitize } = purify;
