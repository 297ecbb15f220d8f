// The chart libraries that the page carries; their own types are not checked.
declare const Plot: any;
declare const d3: any;
