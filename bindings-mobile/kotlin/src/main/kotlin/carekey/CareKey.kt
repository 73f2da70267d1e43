// What makes the generated sources read as Kotlin: moments, words, errors, and
// work off the main thread. No rule is here.

package carekey

import java.time.Instant
import java.util.Locale
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** The stable code: `code.mistyped`, `policy.out_of_range` … */
public val CarekeyException.code: String
    get() = when (this) {
        is CarekeyException.Invalid -> code
        is CarekeyException.Refused -> code
        is CarekeyException.Internal -> code
    }

/** The text of the code, in English. */
public val CarekeyException.reason: String
    get() = when (this) {
        is CarekeyException.Invalid -> reason
        is CarekeyException.Refused -> reason
        is CarekeyException.Internal -> reason
    }

/** What the text of the code speaks of. */
public val CarekeyException.params: Map<String, Param>
    get() = when (this) {
        is CarekeyException.Invalid -> params
        is CarekeyException.Refused -> params
        is CarekeyException.Internal -> params
    }

/** What a check found, in its fixed order. */
public val CarekeyException.findings: List<Finding>
    get() = when (this) {
        is CarekeyException.Invalid -> findings
        is CarekeyException.Refused -> findings
        is CarekeyException.Internal -> findings
    }

/** Spanish where that is what the reader speaks, English for all others. */
public fun languageOf(locale: Locale): Language =
    if (locale.language == Locale("es").language) Language.SPANISH else Language.ENGLISH

/** The verdicts on a long batch, worked out off the main thread. */
public suspend fun Usernames.checkBatch(requests: List<UsernameRequest>): List<UsernameVerdict> =
    withContext(Dispatchers.Default) { checkAll(requests) }

/**
 * Opens a snapshot off the main thread: one of an office that sees every
 * client can be large. Throws as the constructor does.
 */
public suspend fun openSnapshot(text: String, key: String, agency: String, account: AccountId, now: Moment): Snapshot =
    withContext(Dispatchers.Default) { Snapshot(text, key, agency, account, now) }

private const val MICROSECONDS = 1_000_000L

internal fun instantOfMicroseconds(microseconds: Long): Instant =
    Instant.ofEpochSecond(
        Math.floorDiv(microseconds, MICROSECONDS),
        Math.floorMod(microseconds, MICROSECONDS) * 1_000L,
    )

/** A moment too far off to count is the farthest that can be counted. */
internal fun Instant.toMicroseconds(): Long =
    try {
        Math.addExact(Math.multiplyExact(epochSecond, MICROSECONDS), nano / 1_000L)
    } catch (_: ArithmeticException) {
        if (epochSecond < 0) Long.MIN_VALUE else Long.MAX_VALUE
    }
