package import Jobs

/// What a transport allows and through what it goes.
package struct TransportConfiguration: Sendable {
    /// How requests leave the host.
    package enum Proxy: Sendable {
        /// As the environment says (`https_proxy`, `http_proxy`, `no_proxy`), but never to this host itself.
        case fromEnvironment
        /// Directly, whatever the environment says.
        case none
        /// Through this proxy: an address whose user and password, if any, stay hidden.
        case address(Secret)
    }

    /// The longest time to connect, name resolution and TLS included.
    package var connectTimeout: Duration = .seconds(10)
    /// The longest time from a request's turn to its end, for a request that names none of its own.
    package var totalTimeout: Duration = .seconds(300)
    /// How long a request may stay below `lowestSpeed`; counted in whole seconds.
    package var patience: Duration = .seconds(120)
    /// Bytes a second, in either direction.
    package var lowestSpeed = 1
    /// How requests leave the host.
    package var proxy: Proxy = .fromEnvironment
    /// A PEM file of certificate authorities in place of the system's.
    package var authorities: String?
    /// The longest body of an answer, in bytes.
    package var largestAnswer = 16 << 20
    /// How many connections to one host may be open at a time; further requests wait for one.
    package var connectionsPerHost = 8
    /// How many requests may begin in any second; further ones wait. The time that a request waits for its turn is no
    /// part of what it may take.
    package var requestsPerSecond = 10_000
    /// What the requests say they are from.
    package var userAgent = "finetuned"

    /// The defaults.
    package init() {}
}
