// Hashes the passwords that come in with ASP.NET Core Identity's own
// PasswordHasher, in each layout and with each digest. It is compiled with the
// sources of Identity and of its key derivation; what they need besides is here.

using System;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Cryptography.KeyDerivation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Options
{
    public interface IOptions<T> { T Value { get; } }
}

namespace Microsoft.Extensions.Identity.Core
{
    internal static class Resources
    {
        internal const string InvalidPasswordHasherIterationCount = "iterations";
        internal const string InvalidPasswordHasherCompatibilityMode = "mode";
    }
}

namespace Microsoft.AspNetCore.Identity
{
    public enum PasswordVerificationResult { Failed, Success, SuccessRehashNeeded }
}

namespace Microsoft.AspNetCore.Cryptography
{
    internal static class CryptoUtil
    {
        internal static Exception Fail(string message) { return new CryptographicException(message); }
    }
}

namespace Microsoft.AspNetCore.Cryptography.KeyDerivation.PBKDF2
{
    internal static class Pbkdf2Util
    {
        internal static readonly IPbkdf2Provider Pbkdf2Provider = new ManagedPbkdf2Provider();
    }
}

internal sealed class Set : IOptions<PasswordHasherOptions>
{
    public PasswordHasherOptions Value { get; set; }
}

internal static class AspNet
{
    private static PasswordHasher<object> Hasher(PasswordHasherCompatibilityMode mode)
    {
        return new PasswordHasher<object>(new Set { Value = new PasswordHasherOptions { CompatibilityMode = mode } });
    }

    // The layout tells the digest; the public method writes SHA-256 alone here
    // (SHA-512 since .NET 7), this one of its own any.
    private static string Layout3(string password, KeyDerivationPrf prf, int rounds, int salt, int tag)
    {
        Type[] types = { typeof(string), typeof(RandomNumberGenerator), typeof(KeyDerivationPrf), typeof(int), typeof(int), typeof(int) };
        MethodInfo method = typeof(PasswordHasher<object>).GetMethod(
            "HashPasswordV3", BindingFlags.NonPublic | BindingFlags.Static, null, types, null);
        object[] given = { password, RandomNumberGenerator.Create(), prf, rounds, salt, tag };
        return Convert.ToBase64String((byte[])method.Invoke(null, given));
    }

    private static void Main()
    {
        var user = new object();
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            string password = Encoding.UTF8.GetString(Convert.FromBase64String(line));
            Console.WriteLine("layout 2\t" + Hasher(PasswordHasherCompatibilityMode.IdentityV2).HashPassword(user, password));
            Console.WriteLine("layout 3, its default\t" + Hasher(PasswordHasherCompatibilityMode.IdentityV3).HashPassword(user, password));
            Console.WriteLine("layout 3 with SHA-1\t" + Layout3(password, KeyDerivationPrf.HMACSHA1, 1000, 16, 32));
            Console.WriteLine("layout 3 with SHA-256\t" + Layout3(password, KeyDerivationPrf.HMACSHA256, 1000, 16, 32));
            Console.WriteLine("layout 3 with SHA-512\t" + Layout3(password, KeyDerivationPrf.HMACSHA512, 1000, 16, 32));
            Console.WriteLine("layout 3, long\t" + Layout3(password, KeyDerivationPrf.HMACSHA512, 1000, 32, 64));
        }
    }
}
