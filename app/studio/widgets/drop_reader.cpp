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
    bool words = false;
    bool project = false;
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
        words = words || kind == FileKind::Words;
        project = project || kind == FileKind::Project;
        offer.paths.push_back(path);
    }
    if (project)
        offer.offer = tr("Open this project");
    else if (motion)
        offer.offer = audio ? tr("Open motion and sound") : tr("Open this motion");
    else if (audio && document.motion() && !document.audio())
        offer.offer = tr("Play this sound with %1").arg(document.name());
    else if (audio)
        offer.offer = tr("Open this sound as a new project");
    else if (words)
        offer.offer = tr("Use these words");
    return offer;
}

} // namespace gesture::app
