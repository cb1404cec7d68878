// SPDX-License-Identifier: Apache-2.0
#include "core/speech/spoken_form.h"

#include "core/speech/number_words.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace gesture::speech {

namespace {

using Table = std::map<std::string, Words, std::less<>>;

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLetter(char c) { return isLower(c) || isUpper(c); }

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (isUpper(c)) c = static_cast<char>(c - 'A' + 'a');
    return result;
}

/// With their dot, and the words that they stand for.
constexpr std::pair<std::string_view, std::string_view> kAbbreviations[] = {
    {"mr.", "mister"},
    {"mrs.", "missus"},
    {"ms.", "miz"},
    {"dr.", "doctor"},
    {"prof.", "professor"},
    {"st.", "saint"},
    {"jr.", "junior"},
    {"sr.", "senior"},
    {"vs.", "versus"},
    {"etc.", "et cetera"},
    {"gen.", "general"},
    {"col.", "colonel"},
    {"lt.", "lieutenant"},
    {"capt.", "captain"},
    {"sgt.", "sergeant"},
    {"rev.", "reverend"},
    {"gov.", "governor"},
    {"sen.", "senator"},
    {"rep.", "representative"},
    {"hon.", "honorable"},
    {"inc.", "incorporated"},
    {"ltd.", "limited"},
    {"co.", "company"},
    {"corp.", "corporation"},
    {"dept.", "department"},
    {"approx.", "approximately"},
    {"est.", "established"},
    {"ave.", "avenue"},
    {"blvd.", "boulevard"},
    {"rd.", "road"},
    {"jan.", "january"},
    {"feb.", "february"},
    {"mar.", "march"},
    {"apr.", "april"},
    {"aug.", "august"},
    {"sept.", "september"},
    {"sep.", "september"},
    {"oct.", "october"},
    {"nov.", "november"},
    {"dec.", "december"},
    {"fig.", "figure"},
    {"vol.", "volume"},
    {"e.g.", "e g"},
    {"i.e.", "i e"},
    {"a.m.", "a m"},
    {"p.m.", "p m"},
    {"u.s.", "u s"},
    {"u.k.", "u k"},
    {"ph.d.", "p h d"}};

const Table& abbreviations() {
    static const Table table = [] {
        Table words;
        for (const auto& [abbreviation, meaning] : kAbbreviations)
            for (std::size_t at = 0; at < meaning.size();) {
                const std::size_t end = std::min(meaning.find(' ', at), meaning.size());
                words[std::string(abbreviation)].emplace_back(meaning.substr(at, end - at));
                at = end + 1;
            }
        return words;
    }();
    return table;
}

const Table& symbols() {
    static const Table table{{"&", {"and"}},      {"+", {"plus"}},    {"=", {"equals"}},
                             {"@", {"at"}},       {"%", {"percent"}}, {"w/", {"with"}},
                             {"#", {"number"}},   {"vs", {"versus"}}, {"mr", {"mister"}},
                             {"mrs", {"missus"}}, {"dr", {"doctor"}}, {"etc", {"et", "cetera"}}};
    return table;
}

/// What may be glued to a number.
const Table& units() {
    static const Table table{{"%", {"percent"}},
                             {"km", {"kilometers"}},
                             {"kg", {"kilograms"}},
                             {"cm", {"centimeters"}},
                             {"mm", {"millimeters"}},
                             {"m", {"meters"}},
                             {"g", {"grams"}},
                             {"lb", {"pounds"}},
                             {"lbs", {"pounds"}},
                             {"ft", {"feet"}},
                             {"mph", {"miles", "per", "hour"}},
                             {"am", {"a", "m"}},
                             {"pm", {"p", "m"}},
                             {"a.m.", {"a", "m"}},
                             {"p.m.", {"p", "m"}},
                             {"k", {"thousand"}},
                             {"bn", {"billion"}},
                             {"hz", {"hertz"}},
                             {"khz", {"kilohertz"}},
                             {"ms", {"milliseconds"}},
                             {"x", {"times"}},
                             {"min", {"minutes"}},
                             {"hrs", {"hours"}},
                             {"h", {"hours"}}};
    return table;
}

bool isBigNumber(std::string_view word) {
    const std::string text = lower(word);
    return text == "hundred" || text == "thousand" || text == "million" || text == "billion" ||
           text == "trillion";
}

/// A number as it is written: 1,234.5 and what follows it.
struct WrittenNumber {
    std::string whole; ///< Digits without commas.
    std::string fraction;
    bool grouped = false;
    std::string_view rest;
};

std::optional<WrittenNumber> parseNumber(std::string_view text) {
    WrittenNumber number;
    std::size_t i = 0;
    const auto digitsAt = [&](std::size_t at) {
        std::size_t end = at;
        while (end < text.size() && isDigit(text[end]))
            ++end;
        return text.substr(at, end - at);
    };
    number.whole = digitsAt(0);
    i = number.whole.size();
    while (!number.whole.empty() && i < text.size() && text[i] == ',' &&
           digitsAt(i + 1).size() == 3) {
        number.whole += digitsAt(i + 1);
        number.grouped = true;
        i += 4;
    }
    if (i + 1 < text.size() && text[i] == '.' && isDigit(text[i + 1])) {
        number.fraction = digitsAt(i + 1);
        i += 1 + number.fraction.size();
    }
    if (number.whole.empty() && number.fraction.empty()) return std::nullopt;
    number.rest = text.substr(i);
    return number;
}

bool looksLikeYear(const WrittenNumber& number) {
    return number.whole.size() == 4 && !number.grouped && number.fraction.empty() &&
           number.whole >= "1100" && number.whole <= "2099";
}

void append(Words& words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
}

Words valueWords(const WrittenNumber& number) {
    Words words;
    if (!number.whole.empty())
        words = looksLikeYear(number) ? yearWords(number.whole) : cardinalWords(number.whole);
    if (number.fraction.empty()) return words;
    words.emplace_back("point");
    append(words, digitWords(number.fraction));
    return words;
}

/// "10:30", "1/2", "1939-1945": what stands between two numbers.
std::optional<Words> pairWords(const WrittenNumber& first) {
    if (first.rest.size() < 2) return std::nullopt;
    const auto second = parseNumber(first.rest.substr(1));
    if (!second || !second->fraction.empty()) return std::nullopt;
    Words words = valueWords(first);
    switch (first.rest.front()) {
    case ':':
        if (second->whole == "00") break;
        if (second->whole.size() == 2 && second->whole.front() == '0') words.emplace_back("oh");
        append(words, cardinalWords(second->whole.front() == '0' ? second->whole.substr(1)
                                                                 : second->whole));
        break;
    case '/':
        if (first.whole == "1" && second->whole == "2") return Words{"one", "half"};
        if (second->whole == "4") {
            words.emplace_back(first.whole == "1" ? "quarter" : "quarters");
            return words;
        }
        words.emplace_back("over");
        append(words, valueWords(*second));
        break;
    case '-':
        words.emplace_back("to");
        append(words, valueWords(*second));
        break;
    default:
        return std::nullopt;
    }
    if (const auto unit = units().find(lower(second->rest)); unit != units().end())
        append(words, unit->second);
    else if (!second->rest.empty())
        return std::nullopt;
    return words;
}

std::optional<Words> numberWords(std::string_view text) {
    const auto number = parseNumber(text);
    if (!number) return std::nullopt;
    const std::string rest = lower(number->rest);
    if (rest.empty()) return valueWords(*number);
    const bool whole = number->fraction.empty();
    if (whole && (rest == "st" || rest == "nd" || rest == "rd" || rest == "th"))
        return ordinalWords(number->whole);
    if (whole && (rest == "s" || rest == "'s")) return pluralOf(valueWords(*number));
    if (const auto unit = units().find(rest); unit != units().end()) {
        Words words = valueWords(*number);
        append(words, unit->second);
        return words;
    }
    return pairWords(*number);
}

struct Currency {
    Words one;
    Words many;
};

std::optional<Currency> currencyOf(char sign) {
    // The tokenizer has made one byte of each sign: see text_words.cpp.
    switch (sign) {
    case '$':
        return Currency{{"dollar"}, {"dollars"}};
    case '\x01':
        return Currency{{"pound"}, {"pounds"}};
    case '\x02':
        return Currency{{"euro"}, {"euros"}};
    case '\x03':
        return Currency{{"yen"}, {"yen"}};
    default:
        return std::nullopt;
    }
}

std::optional<Words> moneyWords(const WrittenWord& written) {
    const auto currency = currencyOf(written.text.front());
    if (!currency) return std::nullopt;
    const auto number = parseNumber(written.text.substr(1));
    if (!number) return std::nullopt;
    const std::string rest = lower(number->rest);
    Words words = number->whole.empty() ? Words{} : cardinalWords(number->whole);
    const bool cents = number->fraction.size() == 2 && rest.empty() && !isBigNumber(written.next);
    if (!cents && !number->fraction.empty()) {
        words.emplace_back("point");
        append(words, digitWords(number->fraction));
    }
    static const Table kScales{
        {"k", {"thousand"}}, {"m", {"million"}}, {"bn", {"billion"}}, {"b", {"billion"}}, {"", {}}};
    const auto scale = kScales.find(rest);
    if (scale == kScales.end()) return std::nullopt;
    append(words, scale->second);
    // "$5 million": the next word says the currency.
    if (rest.empty() && isBigNumber(written.next)) return words;
    append(words, number->whole == "1" && rest.empty() ? currency->one : currency->many);
    if (cents && number->fraction != "00")
        append(words, cardinalWords(number->fraction.front() == '0' ? number->fraction.substr(1)
                                                                    : number->fraction));
    return words;
}

/// Letters with dots between them: "U.S.A".
bool isDottedLetters(std::string_view text) {
    if (text.size() < 3) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i % 2 == 0 ? !isLetter(text[i]) : text[i] != '.') return false;
    return true;
}

/// Letters and digits apart; what stands between them is said where people say it.
std::vector<Utterance> pieces(std::string_view text) {
    std::vector<Utterance> spoken;
    const auto say = [&](const Words& words) {
        for (const std::string& word : words)
            spoken.push_back({word, false});
    };
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        if (isDigit(text[i])) {
            while (end < text.size() && isDigit(text[end]))
                ++end;
            say(cardinalWords(text.substr(i, end - i)));
        } else if (isLetter(text[i]) || text[i] == '\'') {
            while (end < text.size() && (isLetter(text[end]) || text[end] == '\''))
                ++end;
            const std::string_view run = text.substr(i, end - i);
            const bool letters = std::any_of(run.begin(), run.end(), isLetter);
            const bool capitals = run.size() > 1 && std::none_of(run.begin(), run.end(), isLower);
            if (letters) spoken.push_back({lower(run), capitals});
        } else {
            end = i + 1;
            const bool inside = i > 0 && end < text.size();
            if (text[i] == '.' && inside) say({"dot"});
            const auto symbol = symbols().find(text.substr(i, 1));
            if (symbol != symbols().end()) say(symbol->second);
        }
        i = end;
    }
    return spoken;
}

std::optional<Words> knownWords(const WrittenWord& written) {
    const std::string text = lower(written.text);
    for (const Table* table : {&abbreviations(), &symbols()})
        if (const auto found = table->find(text); found != table->end()) return found->second;
    if (auto money = moneyWords(written)) return money;
    const bool negative = text.size() > 1 && text.front() == '-';
    if (auto number = numberWords(written.text.substr(negative ? 1 : 0))) {
        if (negative) number->insert(number->begin(), "minus");
        return number;
    }
    return std::nullopt;
}

} // namespace

bool isAbbreviation(std::string_view withDot) {
    return abbreviations().count(lower(withDot)) > 0 ||
           (withDot.size() >= 4 && isDottedLetters(withDot.substr(0, withDot.size() - 1)));
}

std::vector<Utterance> spokenForm(const WrittenWord& written) {
    if (written.text.empty()) return {};
    std::vector<Utterance> spoken;
    if (auto words = knownWords(written)) {
        for (std::string& word : *words)
            spoken.push_back({std::move(word), false});
    } else if (isDottedLetters(written.text.substr(0, written.text.size() -
                                                          (written.text.back() == '.' ? 1 : 0)))) {
        for (const char c : written.text)
            if (isLetter(c)) spoken.push_back({lower(std::string_view(&c, 1)), false});
    } else {
        spoken = pieces(written.text);
    }
    // The currency of "$5 million" is said after the million.
    if (isBigNumber(written.text) && written.previous.size() > 1)
        if (const auto currency = currencyOf(written.previous.front()))
            for (const std::string& word : currency->many)
                spoken.push_back({word, false});
    return spoken;
}

} // namespace gesture::speech
