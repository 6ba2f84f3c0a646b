/// The columns of a table whose values are likely to be about a person, as far as names and values tell.
///
/// It is a guess, made on the side of caution: a word in the name of the column or a value that looks like an address
/// of e-mail, a telephone number or the like is enough. Whoever must be certain uses `Redaction.nothing`.
struct PersonalColumns {
    private let names: Set<String>

    init(of table: TableDescription) {
        let isOfPeople = !Self.people.isDisjoint(with: SearchWords.words(of: table.tableName))
        var values: [String: [String]] = [:]
        for column in table.columns { values[column.name] = column.categories ?? [] }
        for cell in table.sampleRows.flatMap(\.cells) {
            values[cell.column, default: []] += cell.value.texts
        }
        names = Set(
            values.filter { name, texts in
                Self.isPersonal(name: name, inTableOfPeople: isOfPeople) || texts.contains(where: Self.isPersonal)
            }.keys)
    }

    func contains(_ column: String) -> Bool { names.contains(column) }
}

// MARK: Names

extension PersonalColumns {
    /// Words for people, in the singular and the plural.
    private static let people = inBothNumbers([
        "account", "actor", "agent", "applicant", "attendee", "author", "candidate", "client", "contact", "customer",
        "doctor", "driver", "employee", "guest", "lead", "manager", "member", "owner", "passenger", "patient", "payee",
        "person", "physician", "player", "professor", "profile", "recipient", "rep", "representative", "resident",
        "seller", "staff", "student", "subscriber", "supplier", "teacher", "tenant", "user", "visitor", "voter",
        "worker", "cliente", "empleado", "usuario", "persona", "kunde", "benutzer", "employé", "utilisateur",
        "personne",
    ]).union(["people", "personnel", "kunden", "mitarbeiter"])

    /// Words that make a column personal wherever it stands.
    private static let telling = inBothNumbers([
        "address", "birthdate", "birthday", "birthplace", "cell", "cellphone", "dob", "email", "fax", "firstname",
        "forename", "fullname", "iban", "imei", "initial", "lastname", "latitude", "lat", "lng", "lon", "longitude",
        "login", "maiden", "mail", "mobile", "nationality", "nickname", "passport", "password", "passwd", "phone",
        "pin", "postcode", "religion", "salary", "salutation", "secret", "signature", "ssn", "street", "surname",
        "telephone", "tel", "token", "twitter", "username", "wage", "zip", "zipcode", "ethnicity", "diagnosis",
        "biography", "bio", "ip", "cvv", "cvc", "pwd", "passphrase", "apikey", "jwt",
        // The same in other languages.
        "adresse", "anschrift", "apellido", "birthname", "cognome", "correo", "courriel", "direccion", "familienname",
        "geburtsdatum", "geburtsort", "geburtstag", "handy", "indirizzo", "mobil", "mobiltelefon", "nachname",
        "naissance", "nacimiento", "nascita", "plz", "postleitzahl", "prenom", "rufnummer", "strasse",
        "straße", "telefon", "telefono", "telefonnummer", "vorname",
    ])

    /// Words that are the whole name of a column which holds people's names.
    private static let namesOfPeople = inBothNumbers([
        "applicant", "client", "contact", "customer", "doctor", "employee", "guest", "nurse", "passenger", "patient",
        "payee", "physician", "recipient", "resident", "student", "subscriber", "teacher", "tenant", "visitor",
    ])

    /// Words that make a column personal together.
    private static let tellingTogether: [Set<String>] = [
        ["first", "name"], ["last", "name"], ["middle", "name"], ["given", "name"], ["family", "name"],
        ["full", "name"], ["maiden", "name"], ["user", "name"], ["e", "mail"], ["birth", "date"], ["birth", "day"],
        ["date", "birth"], ["place", "birth"], ["postal", "code"], ["post", "code"], ["social", "security"],
        ["tax", "id"], ["tax", "number"], ["card", "number"], ["account", "number"], ["license", "number"],
        ["credit", "card"], ["debit", "card"], ["security", "code"], ["national", "id"], ["driver", "license"],
        ["driver", "licence"], ["drivers", "license"], ["drivers", "licence"], ["api", "key"], ["private", "key"],
        ["access", "key"], ["session", "id"], ["session", "key"], ["mac", "address"], ["ship", "name"],
        ["ship", "city"], ["ship", "to"], ["shipped", "to"],
        ["shipping", "name"], ["shipping", "city"], ["delivery", "name"], ["delivery", "city"], ["bill", "to"],
        ["billing", "name"], ["billing", "city"],
    ]

    /// Words that make a column personal in a table of people.
    private static let tellingOfPeople: Set<String> = [
        "name", "nombre", "nom", "nome", "title", "birth", "gender", "sex", "age", "race", "notes", "note", "comment",
        "comments", "city",
        "photo", "picture", "photograph", "number",
    ]

    private static func isPersonal(name: String, inTableOfPeople: Bool) -> Bool {
        let words = Set(SearchWords.words(of: name))
        return !words.isDisjoint(with: telling)
            || tellingTogether.contains { $0.isSubset(of: words) }
            || (words.count == 1 && !words.isDisjoint(with: namesOfPeople))
            || (words.contains("name") && !words.isDisjoint(with: people))
            || (inTableOfPeople && tellsOfPeople(words))
    }

    // Kundenname and the like count as names, too.
    private static func tellsOfPeople(_ words: Set<String>) -> Bool {
        !words.isDisjoint(with: tellingOfPeople) || words.contains { $0.hasSuffix("name") }
    }

    private static func inBothNumbers(_ words: [String]) -> Set<String> {
        Set(words + words.map { $0 + "s" })
    }
}

// MARK: Values

extension PersonalColumns {
    /// Whether the text looks like an address of e-mail or of a host, like a key, or like the number of a telephone, a
    /// card or an account.
    private static func isPersonal(_ text: String) -> Bool {
        looksLikeMailAddress(text) || looksLikeNumberOfSomebody(text) || looksLikeCardNumber(text)
            || looksLikeHostAddress(text) || looksLikeToken(text)
    }

    private static func looksLikeMailAddress(_ text: String) -> Bool {
        guard let at = text.firstIndex(of: "@"), at != text.startIndex else { return false }
        let host = text[text.index(after: at)...].prefix { !$0.isWhitespace }
        return host.contains(".") && !host.hasPrefix(".") && !text[..<at].hasSuffix(" ")
    }

    // A telephone number, a card number or an IBAN: grouped digits, more than a date or a time has.
    private static func looksLikeNumberOfSomebody(_ text: String) -> Bool {
        guard text.utf8.count <= 40, !looksLikeMoment(text) else { return false }
        let digits = text.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let separators = text.utf8.count { " -./()+".utf8.contains($0) }
        let isGrouped = digits >= 9 && digits + separators == text.utf8.count
        let isInternational = text.hasPrefix("+") && digits >= 7
        // With the zero that is dialled before an area's code, one separator will do.
        return isInternational || (isGrouped && separators >= (text.hasPrefix("0") ? 1 : 2)) || looksLikeIBAN(text)
    }

    // Sixteen digits or about as many, as card numbers begin, of which the last is the check digit of the others
    // (ISO/IEC 7812).
    private static func looksLikeCardNumber(_ text: String) -> Bool {
        let digits = text.utf8.map { Int($0) - 0x30 }
        guard (14...19).contains(digits.count), digits.allSatisfy((0...9).contains), (2...6).contains(digits[0]) else {
            return false
        }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let weighted = digit.element * (digit.offset % 2 + 1)
            return sum + weighted / 10 + weighted % 10
        }
        return sum % 10 == 0
    }

    // IPv4, or IPv6 but for its shortest forms.
    private static func looksLikeHostAddress(_ text: String) -> Bool {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
        if numbers.count == 4, numbers.allSatisfy({ UInt8($0) != nil }) { return true }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        return (4...8).contains(groups.count) && groups.allSatisfy { $0.utf8.count <= 4 && $0.allSatisfy(\.isHexDigit) }
    }

    // A JSON web token.
    private static func looksLikeToken(_ text: String) -> Bool {
        text.hasPrefix("eyJ") && text.utf8.count { $0 == UInt8(ascii: ".") } == 2
    }

    private static func looksLikeIBAN(_ text: String) -> Bool {
        let shape = ValueMask.shape(of: text.replacing(" ", with: ""))
        return (15...34).contains(shape.count) && shape.hasPrefix("XX11") && shape.allSatisfy { "X1".contains($0) }
    }

    /// `2026-10-23`, and whatever follows it.
    private static func looksLikeMoment(_ text: String) -> Bool {
        let shape = ValueMask.shape(of: String(text.prefix(10)))
        return ["1111-11-11", "1111/11/11", "11/11/1111", "11.11.1111"].contains(shape)
    }
}

extension SampleValue {
    /// The text that the value is, or its digits if it is a whole number.
    fileprivate var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .integer(let number): [String(number)]
        case .null, .real, .blob: []
        }
    }
}
