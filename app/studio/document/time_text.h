// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <QString>

namespace gesture::app {

/// "mm:ss:ff" as the transport bar shows it.
[[nodiscard]] QString timecodeText(FrameIndex frame, FrameRate rate);

/// "1:04.1": minutes, seconds and tenths, for lengths.
[[nodiscard]] QString lengthText(Seconds time);

/// Reads a position as people type it ("f786", "26.2", "26,2", "mm:ss:ff") and checks that it lies
/// in [0, last]. The error is the sentence to show.
[[nodiscard]] Result<FrameIndex> parseFrame(const QString& text, FrameRate rate, FrameIndex last);

} // namespace gesture::app
