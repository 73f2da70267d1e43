<?php
// Hashes the passwords that come in with PHP, and with the phpass of WordPress
// in the file that is named.
require $argv[1];
while (($line = fgets(STDIN)) !== false) {
    $password = base64_decode($line);
    echo "bcrypt\t", password_hash($password, PASSWORD_BCRYPT, ['cost' => 4]), "\n";
    echo "bcrypt default\t", password_hash($password, PASSWORD_DEFAULT), "\n";
    echo "argon2id\t", password_hash($password, PASSWORD_ARGON2ID, ['memory_cost' => 1024, 'time_cost' => 2]), "\n";
    echo "argon2i\t", password_hash($password, PASSWORD_ARGON2I, ['memory_cost' => 1024, 'time_cost' => 2]), "\n";
    echo "sha256\t", crypt($password, '$5$rounds=1000$' . bin2hex(random_bytes(8)) . '$'), "\n";
    echo "sha512\t", crypt($password, '$6$rounds=1000$' . bin2hex(random_bytes(8)) . '$'), "\n";
    echo "phpass\t", (new PasswordHash(8, true))->HashPassword($password), "\n";
    echo "phpass bcrypt\t", (new PasswordHash(4, false))->HashPassword($password), "\n";
}
