/** Scripts cannot read them; other sites cannot send them with a form; they go over https (or to localhost) only. */
export const COOKIE = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' }
