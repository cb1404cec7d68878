// SPDX-License-Identifier: Apache-2.0
// The cursor of the attention views, what people ask for through it, and titles.
#include "app/studio/attention/attention_model.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace gesture::app {

void AttentionModel::setHovered(std::optional<MapCell> cell) {
    if (cell == hovered_) return;
    hovered_ = cell;
    Q_EMIT cursorChanged();
}

void AttentionModel::pinCell(std::optional<MapCell> cell) {
    if (cell == pinned_) return;
    pinned_ = cell;
    Q_EMIT cursorChanged();
}

void AttentionModel::setArea(std::optional<MapArea> area) {
    if (area == area_) return;
    area_ = area;
    Q_EMIT cursorChanged();
}

std::optional<MapCell> AttentionModel::cursor() const {
    if (pinned_) return pinned_;
    if (hovered_) return hovered_;
    const MapTable& shown = table();
    if (!shown.motion().contains(playhead_)) return std::nullopt;
    const bool kept = pinnedSpeech_ && shown.speech().contains(*pinnedSpeech_);
    return MapCell{kept ? *pinnedSpeech_ : playhead_, playhead_};
}

std::optional<CellReading> AttentionModel::reading(MapSide side) const {
    const auto cell = cursor();
    if (!cell) return std::nullopt;
    return readCell(table(side), content_.transcript.get(), *cell);
}

void AttentionModel::choose(const MapCell& cell) {
    pinnedSpeech_ = cell.speech;
    const auto word = wordAt(content_.transcript.get(), cell.speech);
    Q_EMIT cursorChanged();
    Q_EMIT frameChosen(cell.motion);
    if (word) Q_EMIT wordPinned(word->index);
}

void AttentionModel::requestMask() {
    if (!content_.hasMap() || !area_) return;
    inference::EditMask mask(content_.analysis->frames());
    inference::PartSet parts;
    for (const motion::BodyPart part : content_.analysis->parts()) {
        parts[part] = !map_.part || part == *map_.part;
    }
    mask.paint(area_->motion, parts);
    const auto word = wordAt(content_.transcript.get(), area_->speech.begin);
    Q_EMIT selectionToMask(mask, word ? tr("Mask where “%1” looks").arg(word->text)
                                      : tr("Mask from the attention map"));
}

void AttentionModel::requestExport() {
    const MapTable& shown = table();
    if (!shown.empty()) Q_EMIT exportRequested(shownMap(), shown.motion());
}

void AttentionModel::requestNoticed() {
    if (content_.state == MapState::OutOfDate) {
        Q_EMIT computeRequested();
    } else if (content_.hasMap()) {
        Q_EMIT headsRequested(table().motion());
    }
}

QString AttentionModel::mapTitle() const {
    const MapSelection& map = shownMap();
    const QString part = map.part ? partName(*map.part) : tr("All parts");
    if (!map.picked.empty()) {
        const auto count = static_cast<int>(map.picked.size());
        return count == 1 ? tr("%1 · layer %2 · head %3")
                                .arg(part)
                                .arg(map.picked[0].layer + 1)
                                .arg(map.picked[0].head + 1)
                          : tr("%1 · mean of %n heads", nullptr, count).arg(part);
    }
    const QString layer = map.layer ? tr("layer %1").arg(*map.layer + 1) : tr("mean of layers");
    const QString head = map.head ? tr("head %1").arg(*map.head + 1) : tr("mean of heads");
    return tr("%1 · %2 · %3", "part, layer, head").arg(part, layer, head);
}

QString AttentionModel::windowTitle() const {
    if (!content_.hasMap()) return tr("No window");
    const MapTable& shown = table();
    const int edit = editNumber();
    if (edit > 0) {
        return tr("Edit %1  ·  f %2 – %3")
            .arg(edit)
            .arg(shown.motionBegin.value)
            .arg(shown.motion().end.value - 1);
    }
    return tr("%1 of %2", "window").arg(window_ + 1).arg(content_.analysis->windows().size());
}

QString AttentionModel::sourceTitle(MapSide side) const {
    const AttentionContent& content = contentOf(side);
    if (side == MapSide::Difference) {
        return tr("%1 − %2").arg(sourceTitle(MapSide::A), sourceTitle(MapSide::B));
    }
    return content.bundle.isEmpty()
               ? content.take
               : tr("%1 · %2", "take, model").arg(content.take, content.bundle);
}

QString partName(motion::BodyPart part) {
    switch (part) {
    case motion::BodyPart::Face:
        return QCoreApplication::translate("Parts", "Face");
    case motion::BodyPart::Upper:
        return QCoreApplication::translate("Parts", "Upper");
    case motion::BodyPart::Hands:
        return QCoreApplication::translate("Parts", "Hands");
    case motion::BodyPart::Lower:
        return QCoreApplication::translate("Parts", "Lower");
    }
    return {};
}

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
