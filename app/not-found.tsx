import { Missing } from "@/components/shell/instead"

/** What a part of a page that is gone leaves; whole pages say it in their frame (in-frame.tsx). */
export default function NotFound() {
  return <Missing signedIn={false} />
}
