import NIOCore

extension LineChannelHandler {
    /// Whether what is sent now is collected for the end of the turn.
    var isInTurn: Bool {
        output.isLent(to: self)
    }

    /// Does what waits: the outbox, then lines that have arrived.
    func takeTurn() {
        guard handler != nil else { return }
        beginTurn()
        let contents = connection.takeOutbox()
        for lines in contents.lines {
            write(lines)
        }
        finishRequests(contents.finishedRequests)
        raise(to: contents.ending)
        deliverLines()
        endTurn()
        if !contents.lines.isEmpty {
            connection.setSocketIsBacklogged(isBacklogged)
        }
    }

    /// A turn begins, unless one is under way.
    func beginTurn() {
        guard !isInTurn else { return }
        output.lend(to: self)
        linesLeftInTurn = LineLimits.linesPerTurn
    }

    /// The turn is over: what was collected leaves, and whoever is next is asked for.
    func endTurn() {
        guard isInTurn else { return }
        flush()
        output.endLoan(to: self)
        closeIfFinished()
        goOn()
    }

    /// Another turn is to follow, behind those of the other connections.
    func askForTurn() {
        connection.post { _ in }
    }

    /// Hands lines that have arrived to the service's handler, as far as turn and limits allow.
    func deliverLines() {
        while mayDeliver, linesLeftInTurn > 0, let line = decoder.next() {
            linesLeftInTurn -= 1
            hasReceivedLine = true
            switch line {
            case .complete(let bytes): handler?.receive(bytes)
            case .tooLong(let byteCount): handler?.receiveTooLongLine(byteCount: byteCount)
            }
        }
    }

    /// After a turn: another one if lines are left, else more input.
    private func goOn() {
        if mayDeliver, decoder.hasInput {
            askForTurn()
        } else if readIsWithheld, mayRead {
            readIsWithheld = false
            context?.read()
        }
    }
}

// MARK: - Requests in flight

extension LineChannelHandler {
    func beginRequest() {
        requestsInFlight += 1
    }

    func finishRequests(_ count: Int) {
        precondition(count <= requestsInFlight, "a request was finished that was not begun")
        requestsInFlight -= count
    }

    private var mayDeliver: Bool {
        handler != nil && !isClosing && ending < .closing && requestsInFlight < limits.requestsInFlight
            && !isBacklogged
    }

    /// Whether all that the client sent is answered, and more may come.
    var isIdle: Bool {
        context != nil && mayRead && requestsInFlight == 0
    }

    /// Whether the socket may be read from.
    var mayRead: Bool {
        mayDeliver && !decoder.hasInput && (ending == .none || restOfInput != .isOver)
    }
}
