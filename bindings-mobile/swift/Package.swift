// swift-tools-version:5.9
import PackageDescription

// On Apple's systems the library comes as an XCFramework, which
// `build-xcframework.sh` assembles. Elsewhere it is the shared library that
// `cargo build -p carekey-mobile` makes: pass its folder to the linker with
// `-Xlinker -L<folder>`.
#if os(macOS)
    let library = Target.binaryTarget(name: "CareKeyFFI", path: "CareKeyFFI.xcframework")
#else
    let library = Target.systemLibrary(name: "CareKeyFFI")
#endif

let package = Package(
    name: "CareKey",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "CareKey", targets: ["CareKey"])],
    targets: [
        library,
        .target(name: "CareKey", dependencies: ["CareKeyFFI"]),
        .target(name: "Examples", dependencies: ["CareKey"], path: "Examples"),
        .testTarget(name: "CareKeyTests", dependencies: ["CareKey", "Examples"]),
    ]
)
