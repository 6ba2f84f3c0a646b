import NIOCore

/// What the connections of one event loop share.
struct LoopServices {
    let output: OutputBuffer
    let lookout: Lookout

    /// These of each event loop of a group.
    struct OfGroup: Sendable {
        private let byLoop: [ObjectIdentifier: NIOLoopBoundBox<LoopServices>]

        init(_ group: any EventLoopGroup) {
            byLoop = Dictionary(
                uniqueKeysWithValues: group.makeIterator().map { loop in
                    let services = LoopServices(output: OutputBuffer(), lookout: Lookout(eventLoop: loop))
                    return (ObjectIdentifier(loop), NIOLoopBoundBox.makeBoxSendingValue(services, eventLoop: loop))
                })
        }

        /// Those of an event loop. Only on that loop.
        subscript(loop: any EventLoop) -> LoopServices {
            guard let box = byLoop[ObjectIdentifier(loop)] else {
                preconditionFailure("an event loop of another group")
            }
            return box.value
        }
    }
}
