// What makes the office's calls read as Kotlin: work off the main thread. No
// rule is here.

package carekey

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** Reads a roster's file off the main thread. Throws as the constructor does. */
public suspend fun readRoster(csv: ByteArray): Roster = withContext(Dispatchers.Default) { Roster(csv) }

/** The preview, worked out off the main thread. Throws as `preview` does. */
public suspend fun Roster.previewed(
    known: List<KnownParty>,
    taken: List<String>,
    prefix: String,
    country: String,
    policy: Policy,
    retired: List<String> = emptyList(),
    decisions: List<WhoDecision> = emptyList(),
): Preview = withContext(Dispatchers.Default) { preview(known, taken, prefix, country, policy, retired, decisions) }

/** The decisions, taken off the main thread. Throws as `decideAll` does. */
public suspend fun Preview.decided(decisions: List<LineDecision>): Unit =
    withContext(Dispatchers.Default) { decideAll(decisions) }

/** The hash, worked out off the main thread. Throws as `hash` does. */
public suspend fun Hasher.hashed(password: String): String = withContext(Dispatchers.Default) { hash(password) }

/** The comparison, worked out off the main thread. Throws as `verify` does. */
public suspend fun Hasher.verified(stored: String, password: String): Verified =
    withContext(Dispatchers.Default) { verify(stored, password) }
