// SPDX-License-Identifier: Apache-2.0
#include "app/studio/document/time_text.h"

#include "core/base/timecode.h"

#include <QCoreApplication>

#include <cmath>

namespace gesture::app {

QString timecodeText(FrameIndex frame, FrameRate rate) {
    return QString::fromStdString(formatTimecode(frame, rate));
}

QString lengthText(Seconds time) {
    const auto tenths = static_cast<std::int64_t>(std::floor(time.value * 10 + 1e-6));
    return QStringLiteral("%1:%2.%3")
        .arg(tenths / 600)
        .arg(tenths / 10 % 60, 2, 10, QLatin1Char('0'))
        .arg(tenths % 10);
}

Result<FrameIndex> parseFrame(const QString& text, FrameRate rate, FrameIndex last) {
    QString typed = text.trimmed();
    typed.replace(QLatin1Char(','), QLatin1Char('.'));
    const auto frame = parsePosition(typed.toStdString(), rate);
    if (!frame) {
        const QString sentence = QCoreApplication::translate(
            "TimeText", "“%1” is not a time. Type frames as f786, seconds as 26.2, or mm:ss:ff.");
        return Error(ErrorCode::Usage, sentence.arg(text.trimmed()).toStdString());
    }
    if (*frame < FrameIndex{0} || last < *frame) {
        const QString sentence =
            QCoreApplication::translate("TimeText", "Frame %1 is the last one. Type 0 to %1.");
        return Error(ErrorCode::Usage, sentence.arg(last.value).toStdString());
    }
    return *frame;
}

} // namespace gesture::app
