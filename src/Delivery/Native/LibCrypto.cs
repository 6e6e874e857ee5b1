using System.Reflection;
using System.Runtime.InteropServices;

namespace Groeilijn.Delivery.Native;

/// <summary>The few functions of OpenSSL's libcrypto that .NET 10 does not offer. .NET on Linux needs the library itself, so it is there.</summary>
static partial class LibCrypto
{
    public const int X25519 = 1034; // EVP_PKEY_X25519, NID_X25519
    const string Library = "libcrypto";

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, Resolve);

    static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("X25519 and scrypt come from OpenSSL's libcrypto, which this system does not have: seal and open on Linux.");
        foreach (string file in (string[])["libcrypto.so.3", "libcrypto.so.1.1"])
            if (NativeLibrary.TryLoad(file, out nint handle)) return handle;
        throw new PlatformNotSupportedException("OpenSSL's libcrypto.so.3 is missing: install the system's OpenSSL 3 library (Debian: libssl3).");
    }

    [LibraryImport(Library)]
    public static partial nint EVP_PKEY_new_raw_private_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    public static partial nint EVP_PKEY_new_raw_public_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_get_raw_public_key(nint key, Span<byte> output, ref nuint length);

    [LibraryImport(Library)]
    public static partial nint EVP_PKEY_CTX_new(nint key, nint engine);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_derive_init(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_derive_set_peer(nint context, nint peer);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_derive(nint context, Span<byte> output, ref nuint length);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    public static partial void ERR_clear_error();

    [LibraryImport(Library)]
    public static partial int EVP_PBE_scrypt(ReadOnlySpan<byte> passphrase, nuint passphraseLength, ReadOnlySpan<byte> salt, nuint saltLength, ulong n, ulong r, ulong p, ulong memory, Span<byte> output, nuint outputLength);
}
