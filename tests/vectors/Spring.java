// Hashes the passwords that come in with Spring Security, as its delegating
// encoder writes them.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder.BCryptVersion;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.LdapShaPasswordEncoder;
import org.springframework.security.crypto.password.MessageDigestPasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.StandardPasswordEncoder;
import org.springframework.security.crypto.scrypt.SCryptPasswordEncoder;

@SuppressWarnings("deprecation")
final class Spring {
    private static void tell(String kind, String hash) {
        System.out.println(kind + "\t" + hash);
    }

    public static void main(String[] arguments) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line; (line = lines.readLine()) != null;) {
            var password = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
            tell("default", PasswordEncoderFactories.createDelegatingPasswordEncoder().encode(password));
            tell("bcrypt 2a", "{bcrypt}" + new BCryptPasswordEncoder(BCryptVersion.$2A, 4).encode(password));
            tell("bcrypt 2b", "{bcrypt}" + new BCryptPasswordEncoder(BCryptVersion.$2B, 4).encode(password));
            tell("bcrypt 2y", "{bcrypt}" + new BCryptPasswordEncoder(BCryptVersion.$2Y, 4).encode(password));
            tell("bcrypt bare", new BCryptPasswordEncoder(4).encode(password));
            tell("argon2 5.2", "{argon2}" + Argon2PasswordEncoder.defaultsForSpringSecurity_v5_2().encode(password));
            tell("argon2 5.8", "{argon2@SpringSecurity_v5_8}" + Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8().encode(password));
            tell("ldap", "{ldap}" + new LdapShaPasswordEncoder().encode(password));
            tell("pbkdf2 5.5", "{pbkdf2}" + Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_5().encode(password));
            tell("pbkdf2 5.8", "{pbkdf2@SpringSecurity_v5_8}" + Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8().encode(password));
            tell("scrypt 4.1", "{scrypt}" + SCryptPasswordEncoder.defaultsForSpringSecurity_v4_1().encode(password));
            tell("scrypt 5.8", "{scrypt@SpringSecurity_v5_8}" + SCryptPasswordEncoder.defaultsForSpringSecurity_v5_8().encode(password));
            tell("sha256", "{sha256}" + new StandardPasswordEncoder().encode(password));
            tell("md5", "{MD5}" + new MessageDigestPasswordEncoder("MD5").encode(password));
            tell("sha-256", "{SHA-256}" + new MessageDigestPasswordEncoder("SHA-256").encode(password));
            tell("sha-1", "{SHA-1}" + new MessageDigestPasswordEncoder("SHA-1").encode(password));
        }
    }
}
