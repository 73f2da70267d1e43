// swift-tools-version:5.9
import PackageDescription

// On Apple's systems the library comes as an XCFramework, which
// `build-xcframework.sh` assembles. Elsewhere it is a shared library: that in
// the folder `library`, where `pack.sh` puts it, or one of another folder that
// the linker is given with `-Xlinker -L<folder>`.
#if os(macOS)
    let library = Target.binaryTarget(name: "CareKeyFFI", path: "CareKeyFFI.xcframework")
    let linked: [LinkerSetting] = []
#else
    let library = Target.systemLibrary(name: "CareKeyFFI")
    let folder = "\(Context.packageDirectory)/library"
    let linked = [LinkerSetting.unsafeFlags(["-L\(folder)", "-Xlinker", "-rpath", "-Xlinker", folder])]
#endif

let package = Package(
    name: "CareKey",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "CareKey", targets: ["CareKey"])],
    targets: [
        library,
        .target(name: "CareKey", dependencies: ["CareKeyFFI"], linkerSettings: linked),
        .target(name: "Examples", dependencies: ["CareKey"], path: "Examples"),
        .testTarget(name: "CareKeyTests", dependencies: ["CareKey", "Examples"]),
    ]
)
