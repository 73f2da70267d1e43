// A table of pages: each address with the picture that is of it.

/** The name that a story looks at a picture's page under. */
export const nameOf = (picture) => picture.replace(/-(phone|desktop)(-es|-dark)*$/, '')

/** `beside` are pictures of answers to forms, and of pages that have one already. */
export function pagesOf (pages, beside = []) {
  const addresses = new Map(Object.entries(pages).map(([route, picture]) => [nameOf(picture), route]))
  return {
    pictures: new Set([...Object.values(pages), ...beside]),
    /** Whether a page is where the table has it; one that is an answer to a form may be anywhere. */
    isAt (name, pathname) {
      const route = addresses.get(name)
      return !route || new RegExp(`^${route.replace(/<[^>]+>|:\w+/g, '[^/]+')}$`).test(pathname)
    }
  }
}
