// What of a page the script looks at: in browsers, and in a scan that says what it will find there.

/** elements that are left alone, with all that stands in them */
export const SKIPPED = 'script,style,noscript,textarea,input,select,title,template,iframe,object';

/** elements that do not end a line: a number may be split over them */
export const INLINE = /^(A|B|BD[IO]|EM|FONT|I|MARK|S|SMALL|SPAN|STRONG|SU[BP]|TIME|U|WBR)$/i;

/** links that dial or text a number: its scheme, and the number as it is written there */
export const LINK = /^(tel|callto|smsto|sms):([^?;&,]*)/i;
