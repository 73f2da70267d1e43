package carekey

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class SmokeTest {
    @Test
    fun slip() = assertEquals("Sue@gmail.com", checkEmail("Sue@gmial.com").findings.first().suggestion)
}
