package carekey

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** Whether this is the library of an office's app. Its tests have another file in this one's place. */
internal const val IS_OFFICE = false

@Suppress("UNUSED_PARAMETER")
internal fun officeAnswer(call: String, given: JsonObject): JsonElement? = null
