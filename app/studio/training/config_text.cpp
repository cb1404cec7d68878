// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/config_text.h"

#include <QRegularExpression>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kMostDiffLines = 2000;

/// Where a value stands: [begin, end) in the text.
struct Span {
    qsizetype begin = 0;
    qsizetype end = 0;
};

QRegularExpression keyPattern(const QString& key, const QString& before) {
    return QRegularExpression(
        QStringLiteral("%1%2[ \\t]*:[ \\t]*").arg(before, QRegularExpression::escape(key)),
        QRegularExpression::MultilineOption);
}

/// The scalar that begins at a place of a line: up to a comment, or to one of `stops`.
Span scalarFrom(const QString& yaml, qsizetype begin, const QString& stops) {
    QChar quote;
    qsizetype end = begin;
    for (; end < yaml.size() && yaml[end] != QLatin1Char('\n'); ++end) {
        const QChar letter = yaml[end];
        if (!quote.isNull()) {
            if (letter == quote) quote = QChar();
        } else if (letter == QLatin1Char('"') || letter == QLatin1Char('\'')) {
            quote = letter;
        } else if (stops.contains(letter) ||
                   (letter == QLatin1Char('#') && end > begin && yaml[end - 1].isSpace())) {
            break;
        }
    }
    while (end > begin && yaml[end - 1].isSpace())
        --end;
    return {begin, end};
}

/// The value of a top-level key; a flow mapping or a block counts as empty scalar at its begin.
std::optional<qsizetype> valueBegin(const QString& yaml, const QString& key) {
    const auto match = keyPattern(key, QStringLiteral("^")).match(yaml);
    if (!match.hasMatch()) return std::nullopt;
    return match.capturedEnd();
}

/// The stretch of the lines of a block below a section's key.
Span blockBelow(const QString& yaml, qsizetype from) {
    qsizetype begin = yaml.indexOf(QLatin1Char('\n'), from);
    begin = begin < 0 ? yaml.size() : begin + 1;
    qsizetype end = begin;
    while (end < yaml.size()) {
        const QChar first = yaml[end];
        if (first != QLatin1Char(' ') && first != QLatin1Char('\n') && first != QLatin1Char('\t'))
            break;
        const qsizetype next = yaml.indexOf(QLatin1Char('\n'), end);
        end = next < 0 ? yaml.size() : next + 1;
    }
    return {begin, end};
}

bool isFlow(const QString& yaml, qsizetype at) {
    return at < yaml.size() && yaml[at] == QLatin1Char('{');
}

qsizetype flowEnd(const QString& yaml, qsizetype at) {
    int depth = 0;
    for (qsizetype i = at; i < yaml.size(); ++i) {
        if (yaml[i] == QLatin1Char('{')) ++depth;
        if (yaml[i] == QLatin1Char('}') && --depth == 0) return i;
    }
    return yaml.size();
}

std::optional<Span> nestedSpan(const QString& yaml, const QString& section, const QString& key) {
    const auto at = valueBegin(yaml, section);
    if (!at) return std::nullopt;
    const bool flow = isFlow(yaml, *at);
    const Span inside = flow ? Span{*at + 1, flowEnd(yaml, *at)} : blockBelow(yaml, *at);
    const QString before = flow ? QStringLiteral("(?<=[{,\\s])") : QStringLiteral("^[ \\t]+");
    const QString part = yaml.mid(inside.begin, inside.end - inside.begin);
    const QString searched = flow ? QLatin1Char(' ') + part : part;
    const auto match = keyPattern(key, before).match(searched);
    if (!match.hasMatch()) return std::nullopt;
    const qsizetype begin = inside.begin + match.capturedEnd() - (flow ? 1 : 0);
    return scalarFrom(yaml, begin, flow ? QStringLiteral(",}") : QString());
}

std::optional<Span> spanOf(const QString& yaml, const QString& key) {
    const qsizetype dot = key.indexOf(QLatin1Char('.'));
    if (dot >= 0) return nestedSpan(yaml, key.left(dot), key.mid(dot + 1));
    const auto at = valueBegin(yaml, key);
    if (!at || isFlow(yaml, *at)) return std::nullopt;
    return scalarFrom(yaml, *at, {});
}

QString addedKey(QString yaml, const QString& key, const QString& value) {
    if (!yaml.isEmpty() && !yaml.endsWith(QLatin1Char('\n'))) yaml += QLatin1Char('\n');
    const qsizetype dot = key.indexOf(QLatin1Char('.'));
    if (dot < 0) return yaml + QStringLiteral("%1: %2\n").arg(key, value);
    const QString section = key.left(dot);
    const QString entry = QStringLiteral("%1: %2").arg(key.mid(dot + 1), value);
    const auto at = valueBegin(yaml, section);
    if (!at) return yaml + QStringLiteral("%1: {%2}\n").arg(section, entry);
    if (isFlow(yaml, *at)) {
        const qsizetype end = flowEnd(yaml, *at);
        const bool empty = QStringView(yaml).mid(*at + 1, end - *at - 1).trimmed().isEmpty();
        return yaml.insert(end, empty ? entry : QStringLiteral(", ") + entry);
    }
    return yaml.insert(blockBelow(yaml, *at).begin, QStringLiteral("  %1\n").arg(entry));
}

} // namespace

std::optional<QString> configValue(const QString& yaml, const QString& key) {
    const auto span = spanOf(yaml, key);
    if (!span) return std::nullopt;
    QString value = yaml.mid(span->begin, span->end - span->begin);
    const bool quoted = value.size() >= 2 && value.front() == value.back() &&
                        (value.front() == QLatin1Char('"') || value.front() == QLatin1Char('\''));
    return quoted ? value.mid(1, value.size() - 2) : value;
}

QString withConfigValue(const QString& yaml, const QString& key, const QString& value) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./+-][A-Za-z0-9_ ./+-]*$"));
    const QString written = plain.match(value).hasMatch()
                                ? value
                                : QStringLiteral("\"%1\"").arg(QString(value).replace(
                                      QLatin1Char('"'), QStringLiteral("\\\"")));
    const auto span = spanOf(yaml, key);
    if (!span) return addedKey(yaml, key, written);
    return QString(yaml).replace(span->begin, span->end - span->begin, written);
}

std::vector<DiffLine> diffOf(const QString& before, const QString& after) {
    const QStringList a = before.split(QLatin1Char('\n')).mid(0, kMostDiffLines);
    const QStringList b = after.split(QLatin1Char('\n')).mid(0, kMostDiffLines);
    const auto rows = static_cast<std::size_t>(a.size()) + 1;
    const auto columns = static_cast<std::size_t>(b.size()) + 1;
    // Length of the longest common subsequence of the rests.
    std::vector<int> common(rows * columns, 0);
    for (std::size_t i = rows - 1; i-- > 0;) {
        for (std::size_t j = columns - 1; j-- > 0;) {
            const bool same = a[static_cast<qsizetype>(i)] == b[static_cast<qsizetype>(j)];
            common[i * columns + j] =
                same ? common[(i + 1) * columns + j + 1] + 1
                     : std::max(common[(i + 1) * columns + j], common[i * columns + j + 1]);
        }
    }
    std::vector<DiffLine> lines;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i + 1 < rows || j + 1 < columns) {
        const bool bothLeft = i + 1 < rows && j + 1 < columns;
        const auto atA = static_cast<qsizetype>(i);
        const auto atB = static_cast<qsizetype>(j);
        if (bothLeft && a[atA] == b[atB]) {
            lines.push_back({DiffLine::Kind::Same, a[atA]});
            ++i;
            ++j;
        } else if (j + 1 == columns ||
                   (bothLeft && common[(i + 1) * columns + j] >= common[i * columns + j + 1])) {
            lines.push_back({DiffLine::Kind::Removed, a[atA]});
            ++i;
        } else {
            lines.push_back({DiffLine::Kind::Added, b[atB]});
            ++j;
        }
    }
    return lines;
}

ConfigFault faultOf(const QString& sentence) {
    static const QRegularExpression withLine(QStringLiteral("^'[^']*' line (\\d+): (.*)$"));
    static const QRegularExpression withFile(QStringLiteral("^'[^']*train\\.yaml'(?: cannot be "
                                                            "read)?: (.*)$"));
    static const QRegularExpression someLine(QStringLiteral("line (\\d+)"));
    ConfigFault fault{0, sentence};
    if (const auto match = withLine.match(sentence); match.hasMatch())
        return {match.captured(1).toInt(), match.captured(2)};
    if (const auto match = withFile.match(sentence); match.hasMatch())
        fault.sentence = match.captured(1);
    if (const auto match = someLine.match(fault.sentence); match.hasMatch())
        fault.line = match.captured(1).toInt();
    if (!fault.sentence.isEmpty()) fault.sentence[0] = fault.sentence[0].toUpper();
    return fault;
}

} // namespace gesture::app
