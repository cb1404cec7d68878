// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/part_colour.h"

namespace gesture::app {

const QColor& partColour(const Theme& theme, motion::BodyPart part) {
    switch (part) {
    case motion::BodyPart::Face:
        return theme.face;
    case motion::BodyPart::Upper:
        return theme.upper;
    case motion::BodyPart::Hands:
        return theme.hands;
    case motion::BodyPart::Lower:
        break;
    }
    return theme.lower;
}

} // namespace gesture::app
