/** Icons as the text of their file; see widgets/icon.ts. */
declare module 'icons/*.svg' {
  const text: string;
  export default text;
}
