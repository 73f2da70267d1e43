package carekey

import java.time.Instant
import java.time.OffsetDateTime
import java.time.ZoneOffset
import java.time.format.DateTimeFormatterBuilder
import java.time.temporal.ChronoField
import java.util.UUID
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.int
import kotlinx.serialization.json.long

// Reading what is given in a case, and writing what comes out as cases do.

internal fun JsonObject.opt(name: String): JsonElement? = this[name]?.takeUnless { it is JsonNull }
internal fun JsonObject.textOrNull(name: String): String? = (opt(name) as JsonPrimitive?)?.content
internal fun JsonObject.text(name: String): String = textOrNull(name) ?: error("no text $name in $this")
internal fun JsonObject.texts(name: String): List<String> = list(name).map { (it as JsonPrimitive).content }
internal fun JsonObject.list(name: String): List<JsonElement> = opt(name) as JsonArray? ?: emptyList()
internal fun JsonObject.objects(name: String): List<JsonObject> = list(name).map { it as JsonObject }
internal fun JsonObject.obj(name: String): JsonObject = opt(name) as JsonObject? ?: error("no $name in $this")
internal fun JsonObject.flag(name: String): Boolean = (opt(name) as JsonPrimitive?)?.boolean ?: false
internal fun JsonObject.flagOrNull(name: String): Boolean? = (opt(name) as JsonPrimitive?)?.boolean
internal fun JsonObject.long(name: String): Long = (opt(name) as JsonPrimitive?)?.long ?: 0
internal fun JsonObject.int(name: String): Int = (opt(name) as JsonPrimitive).int
internal fun JsonObject.id(name: String): UUID = UUID.fromString(text(name))
internal fun JsonObject.moment(name: String): Instant = instant(text(name))

/**
 * A moment in RFC 3339. A nanosecond is played by a microsecond, the least that
 * the library has: before stays before, and after after.
 */
internal fun instant(text: String): Instant {
    val instant = OffsetDateTime.parse(text).toInstant()
    return if (instant.nano % 1_000 in 1..499) instant.plusNanos(1_000) else instant
}

/** The case of an enum by its word. */
internal inline fun <reified E : Enum<E>> JsonObject.word(name: String, word: (E) -> String): E = wordOf(text(name), word)

internal inline fun <reified E : Enum<E>> JsonObject.wordOrNull(name: String, word: (E) -> String): E? =
    textOrNull(name)?.let { wordOf(it, word) }

internal inline fun <reified E : Enum<E>> wordOf(text: String, word: (E) -> String): E =
    enumValues<E>().first { word(it) == text }

internal fun json(value: Any?): JsonElement = when (value) {
    null -> JsonNull
    is JsonElement -> value
    is String -> JsonPrimitive(value)
    is Boolean -> JsonPrimitive(value)
    is Number -> JsonPrimitive(value.toLong())
    is UInt -> JsonPrimitive(value.toLong())
    is ULong -> JsonPrimitive(value.toLong())
    is UUID -> JsonPrimitive(value.toString())
    is Instant -> JsonPrimitive(rfc3339.format(value.atOffset(ZoneOffset.UTC)))
    is Finding -> json(value)
    is List<*> -> JsonArray(value.map(::json))
    else -> error("no JSON for ${value::class}")
}

internal fun json(vararg fields: Pair<String, Any?>): JsonObject = JsonObject(fields.associate { (name, value) -> name to json(value) })

/** Without what is null or empty. */
internal fun jsonOf(vararg fields: Pair<String, Any?>): JsonObject =
    json(*fields.filter { (_, value) -> value != null && value != emptyList<Any>() && value != JsonObject(emptyMap()) }.toTypedArray())

private val rfc3339 = DateTimeFormatterBuilder()
    .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
    .appendOffsetId()
    .toFormatter()

/** A finding as cases write it: without its severity, which the table gives. */
private fun json(finding: Finding): JsonObject = jsonOf(
    "code" to finding.code,
    "field" to finding.field,
    "params" to JsonObject(finding.params.mapValues { (_, param) -> json(param) }),
    "suggestion" to finding.suggestion,
)

internal fun json(param: Param): JsonElement = when (param) {
    is Param.Number -> JsonPrimitive(param.value)
    is Param.Text -> JsonPrimitive(param.value)
}

internal fun param(value: JsonElement): Param {
    val primitive = value as JsonPrimitive
    return if (primitive.isString) Param.Text(primitive.content) else Param.Number(primitive.long)
}
