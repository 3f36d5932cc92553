// The stream of events as the story reads it: one by one, in whatever order its chapters ask for them.
import type { FollowStorySubscription } from './operations/generated/graphql.ts';

export type StoryEvent = FollowStorySubscription['events'];
type Name = StoryEvent['__typename'];
type Of<Typename extends Name> = Extract<StoryEvent, { __typename: Typename }>;

/** Waits for an event; see {@link readEvents}. */
export type NextEvent = <Typename extends Name>(
  typename: Typename,
  type: StoryEvent['type'],
  fits?: (event: Of<Typename>) => boolean,
) => Promise<Of<Typename>>;

/**
 * Reads a stream up to the next event of a type that fits. Events in between are kept: they are other steps'.
 * @returns a function that throws when the stream ends first, or when an event tells of a failure
 */
export function readEvents(stream: AsyncIterable<FollowStorySubscription>): NextEvent {
  const events = stream[Symbol.asyncIterator]();
  const kept: StoryEvent[] = [];
  return async <Typename extends Name>(
    typename: Typename,
    type: StoryEvent['type'],
    fits: (event: Of<Typename>) => boolean = () => true,
  ) => {
    const isIt = (event: StoryEvent): event is Of<Typename> =>
      event.__typename === typename && event.type === type && fits(event as Of<Typename>);
    const at = kept.findIndex(isIt);
    if (at >= 0) return kept.splice(at, 1)[0] as Of<Typename>;
    for (;;) {
      const { value, done } = await events.next();
      if (done) throw new Error(`The event ${type} did not come.`);
      const { events: event } = value;
      if (/FAILED/.test(event.type)) throw new Error(`${event.type}: ${JSON.stringify(event)}`);
      if (isIt(event)) return event;
      kept.push(event);
    }
  };
}
