const OWN_PAGE =
  /^\/[a-z-]{1,30}(\/[a-z]{3}_[0-9a-z]{26})?(\?[a-z]{1,20}=[0-9a-z_]{1,40}(&[a-z]{1,20}=[0-9a-z_]{1,40})*)?(#[0-9a-z_]{1,40})?$/

/** Whether the text is the address of a page of ours about one thing: what stands in an address was perhaps not written by us. */
export function isOwnPage(text: string): boolean {
  return OWN_PAGE.test(text)
}
