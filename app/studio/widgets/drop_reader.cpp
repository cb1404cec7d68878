// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/drop_reader.h"

#include "app/studio/document/file_kind.h"

#include <QCoreApplication>
#include <QUrl>

namespace gesture::app {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Drop", text); }

} // namespace

DropOffer readDrop(const QMimeData& data, const Document& document) {
    DropOffer offer;
    bool motion = false;
    bool audio = false;
    for (const QUrl& url : data.urls()) {
        if (!url.isLocalFile()) continue;
        const std::filesystem::path path = url.toLocalFile().toStdString();
        const FileKind kind = fileKindOf(path);
        if (kind == FileKind::Unknown) {
            offer.refusal = unreadableSentence(path);
            offer.paths.clear();
            return offer;
        }
        motion = motion || kind == FileKind::Motion;
        audio = audio || kind == FileKind::Audio;
        offer.paths.push_back(path);
    }
    if (motion) {
        offer.offer = audio ? tr("Open motion and sound") : tr("Open this motion");
    } else if (audio) {
        offer.offer = document.motion() ? tr("Play this sound with %1").arg(document.name())
                                        : tr("Open this sound");
    }
    return offer;
}

} // namespace gesture::app
