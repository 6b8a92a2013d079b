/** Only so many pieces of work at a time, and only so many waiting. */
export interface Turns {
  /**
   * Does the work when its turn comes; `turned-away` at once where too much waits. Lanes take turns, the one that has
   * waited longest for its own first, so that a crowd in one lane costs another nothing but the work under way. Within
   * a lane the newest comes first: who came just now is still there, who came long ago has mostly given up.
   */
  run<Result>(lane: string, work: () => Promise<Result>): Promise<Result | 'turned-away'>;
  /** Goes before all lanes and is never turned away. */
  runFirst<Result>(work: () => Promise<Result>): Promise<Result>;
}

interface Waiting {
  readonly arrived: number;
  readonly begin: () => Promise<void>;
  readonly turnAway: () => void;
}

interface Lane {
  readonly waiting: Waiting[];
  /** Number of its latest turn; 0 where it had none since it was empty. */
  served: number;
}

const byLastTurn = ([, one]: [string, Lane], [, other]: [string, Lane]): number => one.served - other.served;

/**
 * @param mostWaiting how much may wait in all lanes together
 * @param atOnce how much may be under way at a time
 */
export function createTurns(mostWaiting: number, atOnce = 1): Turns {
  const lanes = new Map<string, Lane>();
  const first: (() => Promise<void>)[] = [];
  let underWay = 0;
  let arrivals = 0;
  let turns = 0;

  function go(): void {
    if (underWay >= atOnce) return;
    const urgent = first.shift();
    const [chosen] = [...lanes].filter(([, { waiting }]) => waiting.length > 0).sort(byLastTurn);
    const begin = urgent ?? chosen?.[1].waiting.pop()?.begin;
    if (!begin) return;
    const lane = urgent ? undefined : chosen;
    // A lane is remembered while its work is under way, so that it does not come next as if it were new.
    if (lane) lane[1].served = turns += 1;
    underWay += 1;
    void begin().finally(() => {
      underWay -= 1;
      go();
      if (lane?.[1].waiting.length === 0) lanes.delete(lane[0]);
    });
  }

  /** The oldest of the fullest lane makes room. */
  function makeRoom(): void {
    const all = [...lanes];
    if (all.reduce((sum, [, { waiting }]) => sum + waiting.length, 0) <= mostWaiting) return;
    const [fullest] = all.sort(
      ([, one], [, other]) =>
        other.waiting.length - one.waiting.length || (one.waiting[0]?.arrived ?? 0) - (other.waiting[0]?.arrived ?? 0),
    );
    if (!fullest) return;
    fullest[1].waiting.shift()?.turnAway();
    if (fullest[1].waiting.length === 0) lanes.delete(fullest[0]);
  }

  return {
    run: (name, work) =>
      new Promise((resolve, reject) => {
        const lane = lanes.get(name) ?? { waiting: [], served: 0 };
        lanes.set(name, lane);
        lane.waiting.push({
          arrived: (arrivals += 1),
          begin: () => work().then(resolve, reject),
          turnAway: () => resolve('turned-away'),
        });
        go();
        makeRoom();
      }),
    runFirst: (work) =>
      new Promise((resolve, reject) => {
        first.push(() => work().then(resolve, reject));
        go();
      }),
  };
}
