"use client"

import { Component, type ReactNode } from "react"
import { Broken } from "./instead"

type Problem = Error & { digest?: string }
type Props = { children: ReactNode }
type State = { problem: Problem | null; of: ReactNode }

/** Keeps the frame around a page that breaks in the browser: who one is and the ways on stay where they are. */
export class Caught extends Component<Props, State> {
  override state: State = { problem: null, of: this.props.children }

  static getDerivedStateFromError(problem: Problem): Partial<State> {
    return { problem }
  }

  /** Another page is another try. */
  static getDerivedStateFromProps(props: Props, state: State): State {
    return props.children === state.of ? state : { problem: null, of: props.children }
  }

  override render(): ReactNode {
    const { problem } = this.state
    // Redirects and refusals are Next's own to see to.
    if (problem?.digest?.startsWith("NEXT_")) throw problem
    return problem ? <Broken id={problem.digest ?? "–"} framed /> : this.props.children
  }
}
