// SPDX-License-Identifier: Apache-2.0
#include "app/studio/command_line.h"

#include <QRegularExpression>

namespace gesture::app {

namespace {

constexpr const char* kHelp =
    "gesture-studio: see, hear and study co-speech motion.\n"
    "\n"
    "gesture-studio [FILE…] [options]\n"
    "\n"
    "FILE is a motion (.npz) or a sound (.wav, .flac, .mp3, .ogg, .opus, …); one of each are\n"
    "played together. A motion takes the sound that stands beside it.\n"
    "\n"
    "  --avatar FILE           show this body (SMPL-X layout, .npz)\n"
    "  --theme dark|light      for this time\n"
    "  --size WxH              size of the window\n"
    "  --frame N               go to this frame\n"
    "  --screenshot OUT.png    save a picture of the window and end\n"
    "  --script FILE           carry out a script (one JSON object a line) and end\n"
    "  --version, --help\n";

Error usage(const QString& sentence) { return {ErrorCode::Usage, sentence.toStdString()}; }

Result<QSize> parseSize(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("^(\\d{3,4})x(\\d{3,4})$"));
    const auto match = pattern.match(text);
    if (!match.hasMatch()) {
        return usage(
            QStringLiteral("'%1' is no size. Type WIDTHxHEIGHT, for example 1280x720.").arg(text));
    }
    return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

Status apply(CommandLine& line, const QString& option, const QString& value) {
    bool number = true;
    if (option == QLatin1String("--avatar")) {
        line.avatar = value.toStdString();
    } else if (option == QLatin1String("--screenshot")) {
        line.screenshot = value;
    } else if (option == QLatin1String("--script")) {
        line.script = value;
    } else if (option == QLatin1String("--size")) {
        auto size = parseSize(value);
        if (!size) return std::move(size).error();
        line.size = *size;
    } else if (option == QLatin1String("--frame")) {
        line.frame = value.toLongLong(&number);
        number = number && *line.frame >= 0;
    } else if (option == QLatin1String("--benchmark-playback")) {
        line.benchmarkSeconds = value.toDouble(&number);
        number = number && *line.benchmarkSeconds > 0;
    } else if (option == QLatin1String("--theme")) {
        if (value != QLatin1String("dark") && value != QLatin1String("light")) {
            return usage(QStringLiteral("There is no theme '%1'. Type dark or light.").arg(value));
        }
        line.theme = value == QLatin1String("dark") ? ThemeKind::Dark : ThemeKind::Light;
    } else {
        return usage(QStringLiteral("There is no option '%1'. See --help.").arg(option));
    }
    if (!number) {
        return usage(QStringLiteral("'%1' is no number for %2.").arg(value, option));
    }
    return Status::success();
}

} // namespace

Result<CommandLine> parseCommandLine(const QStringList& arguments) {
    CommandLine line;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        QString option = arguments[i];
        if (option == QLatin1String("--help") || option == QLatin1String("-h")) {
            line.answer = QString::fromUtf8(kHelp);
            return line;
        }
        if (option == QLatin1String("--version")) {
            line.answer = QStringLiteral("gesture-studio " GESTURE_VERSION "\n");
            return line;
        }
        if (!option.startsWith(QLatin1String("--"))) {
            line.files.emplace_back(option.toStdString());
            continue;
        }
        QString value;
        if (const qsizetype equals = option.indexOf(QLatin1Char('=')); equals > 0) {
            value = option.mid(equals + 1);
            option.truncate(equals);
        } else if (i + 1 < arguments.size()) {
            value = arguments[++i];
        } else {
            return usage(QStringLiteral("%1 needs a value. See --help.").arg(option));
        }
        const Status status = apply(line, option, value);
        if (!status.ok()) return status.error();
    }
    return line;
}

} // namespace gesture::app
