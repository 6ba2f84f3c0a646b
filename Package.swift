// swift-tools-version: 6.2

import PackageDescription

/// Continuous integration sets this: a warning then stops the build. A user's newer compiler may warn of
/// more than ours did, and that must not stop them.
let warningsAreErrors = Context.environment["FINETUNED_WARNINGS_AS_ERRORS"] != nil

let swiftSettings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "finetuned",
    products: [
        .library(name: "FinetuneAPI", targets: ["FinetuneAPI"]),
        .library(name: "FinetuneClient", targets: ["LineTransport"]),
        .executable(name: "finetuned", targets: ["finetuned"]),
        .executable(name: "finetunectl", targets: ["finetunectl"]),
        .executable(name: "finetune-sandbox", targets: ["finetune-sandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // Percentiles in the form that load generators agree on. Of the benchmarks alone.
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),

        .systemLibrary(name: "CScheduling"),
        .systemLibrary(name: "CAllocator"),
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "CVocabularies", exclude: ["cl100k_base.vocabulary", "o200k_base.vocabulary"]),

        .target(name: "Identifiers"),
        .target(name: "Spelling"),
        .target(name: "SeededRandomness"),
        .target(name: "FinetuneAPI", dependencies: ["Identifiers", "Spelling"]),
        .target(name: "LineTransport", dependencies: ["FinetuneAPI", "CScheduling", nioCore, nioPosix]),
        .target(name: "Jobs", dependencies: ["Identifiers"]),
        .target(
            name: "TrainingData", dependencies: ["CSQLite", "Identifiers", "Spelling", "Tokenizer", sqlite, crypto]),
        .target(name: "Evaluations", dependencies: ["Identifiers", "Jobs", "TrainingData"]),
        .target(
            name: "Store",
            dependencies: [
                "Identifiers", "Jobs", "TrainingData", "Evaluations", "CSQLite", grdb, sqlite, crypto,
            ]),
        .target(name: "Providers", dependencies: ["Identifiers", "Jobs", "Spelling", "CCurl"]),
        .target(name: "Tokenizer", dependencies: ["CVocabularies"]),
        .target(name: "Systemd", dependencies: ["CSystemd", logging]),
        .target(
            name: "DaemonCore",
            dependencies: [
                "Identifiers", "Spelling", "FinetuneAPI", "LineTransport", "Jobs", "TrainingData", "Evaluations",
                "Tokenizer", "Store",
                logging, lifecycle, nioCore, nioPosix,
            ]),
        .executableTarget(
            name: "finetuned",
            dependencies: [
                "Identifiers", "FinetuneAPI", "LineTransport", "Jobs", "TrainingData", "Store", "Providers", "Systemd",
                "DaemonCore", "CAllocator",
                logging, lifecycle, signals, configuration, yaml, arguments,
            ],
            resources: [.embedInCode("models.yaml")]),
        .executableTarget(
            name: "finetunectl",
            dependencies: ["Identifiers", "Spelling", "FinetuneAPI", "LineTransport", signals, arguments]),
        .executableTarget(
            name: "finetune-sandbox", dependencies: [nioCore, nioPosix, nioHTTP, signals, arguments],
            exclude: ["README.md"]),
        .executableTarget(
            name: "finetune-fuzz",
            dependencies: ["FinetuneAPI", "LineTransport", "SeededRandomness", nioCore, arguments]),
        .executableTarget(
            name: "finetune-bench",
            dependencies: ["Tokenizer", "TrainingData", "Identifiers", histogram, arguments]),

        .testTarget(name: "IdentifiersTests", dependencies: ["Identifiers"]),
        .testTarget(
            name: "FinetuneAPITests", dependencies: ["FinetuneAPI", "Identifiers", "Spelling", "SeededRandomness"]),
        .testTarget(
            name: "LineTransportTests",
            dependencies: ["LineTransport", "FinetuneAPI", "Identifiers", "SeededRandomness", nioCore, nioPosix]),
        .testTarget(name: "JobsTests", dependencies: ["Jobs", "Identifiers", "SeededRandomness"]),
        .testTarget(
            name: "TrainingDataTests",
            dependencies: ["TrainingData", "Tokenizer", "Identifiers", "SeededRandomness", sqlite]),
        .testTarget(
            name: "EvaluationsTests",
            dependencies: ["Evaluations", "Jobs", "Identifiers", "SeededRandomness", "TrainingData", sqlite]),
        .testTarget(
            name: "TokenizerTests", dependencies: ["Tokenizer", "SeededRandomness"], resources: [.copy("Fixtures")]),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Store", "Jobs", "TrainingData", "Evaluations", "Identifiers", grdb, "SeededRandomness"]),
        .testTarget(
            name: "ProvidersTests",
            dependencies: ["Providers", "Jobs", "Identifiers", "SeededRandomness", nioCore, nioPosix, nioHTTP]),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: ["finetuned", "DaemonCore", "FinetuneAPI", "Jobs", "Identifiers", logging]),
        .testTarget(name: "SystemdTests", dependencies: ["Systemd", logging]),
        .testTarget(
            name: "DaemonCoreTests",
            dependencies: [
                "DaemonCore", "FinetuneAPI", "LineTransport", "Jobs", "Store", "TrainingData", "Evaluations",
                "Identifiers", "SeededRandomness",
                logging, nioCore, nioPosix, sqlite, grdb,
            ]),
        .testTarget(name: "SandboxTests", dependencies: ["finetune-sandbox", nioCore, nioPosix, nioHTTP]),
        .testTarget(
            name: "ClientTests",
            dependencies: ["finetunectl", "FinetuneAPI", "LineTransport", "Identifiers", arguments, nioCore]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "FinetuneAPI", "LineTransport", "Identifiers", "finetuned", "finetunectl", "finetune-sandbox",
                nioCore, nioPosix, nioHTTP,
            ]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = swiftSettings
}

// `contrib/sanitize/run` sets this: what reads the protocol is built and tested alone, in a fraction of the time.
if Context.environment["FINETUNED_PROTOCOL_ONLY"] != nil {
    let protocolTargets = [
        "Identifiers", "Spelling", "SeededRandomness", "FinetuneAPI", "CScheduling", "LineTransport", "finetune-fuzz",
        "IdentifiersTests", "FinetuneAPITests", "LineTransportTests",
    ]
    package.targets.removeAll { !protocolTargets.contains($0.name) }
    package.products = []
}
