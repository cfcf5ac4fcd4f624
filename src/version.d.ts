/** The version of package.json, put in by the build. */
declare const WXNOTIFY_VERSION: string;
