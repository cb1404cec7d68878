// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/export_actions.h"

#include "app/studio/export/export_dialog.h"

#include <QStandardPaths>

#include <utility>

namespace gesture::app {

namespace {

/// Beside the project or the motion; else where documents lie.
std::filesystem::path folderFor(const StudioParts& parts) {
    const StudioSession& session = parts.session;
    if (session.project() != nullptr && !session.untitled())
        return session.project()->path().parent_path();
    const auto& motion = parts.document.motion();
    if (motion && motion->path.has_parent_path()) return motion->path.parent_path();
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation).toStdString();
}

ExportSubject subjectOf(const StudioParts& parts) {
    const StudioSession& session = parts.session;
    ExportSubject subject;
    subject.folder = folderFor(parts);
    subject.avatar = parts.loader.avatar();
    if (parts.document.audio()) subject.loudness = parts.document.audio()->loudness;
    subject.inOut = parts.document.range();
    for (const project::Segment& segment : session.state().segments)
        subject.segments.push_back({segment.name, segment.range});
    if (const project::Take* const take = session.takeA(); take != nullptr) {
        subject.clip = session.clipOf(*take);
        subject.take = QString::fromStdString(take->name);
        subject.name =
            QStringLiteral("%1-%2").arg(QString::fromStdString(session.state().name), subject.take);
        subject.provenance = take->provenance;
    } else if (const auto& motion = parts.document.motion(); motion) {
        subject.clip = motion->clip;
        subject.name = QString::fromStdString(motion->path.stem().string());
    }
    subject.name.replace(QLatin1Char('/'), QLatin1Char('_'));
    return subject;
}

} // namespace

void wireExport(const StudioParts& parts, MainWindow& window,
                const std::filesystem::path& settingsFile) {
    auto* dialog = new ExportDialog(settingsFile, &window);
    QObject::connect(dialog, &ExportDialog::noted, &window,
                     [&window](const QString& sentence) { window.status().note(sentence); });
    const auto open = [parts, dialog] {
        dialog->setSubject(subjectOf(parts));
        dialog->show();
        dialog->raise();
        dialog->activateWindow();
    };
    QObject::connect(&parts.actions[ActionId::FileExport], &QAction::triggered, &window, open);
    QObject::connect(&parts.actions[ActionId::FileExportAgain], &QAction::triggered, &window,
                     [parts, dialog, open] {
                         dialog->setSubject(subjectOf(parts));
                         if (!dialog->repeat()) open();
                     });
    const auto offer = [parts] {
        const bool there = parts.session.takeA() != nullptr || parts.document.motion().has_value();
        parts.actions[ActionId::FileExport].setEnabled(there);
        parts.actions[ActionId::FileExportAgain].setEnabled(there);
    };
    QObject::connect(&parts.session, &StudioSession::changed, &window, offer);
    QObject::connect(&parts.document, &Document::changed, &window, offer);
    offer();
}

} // namespace gesture::app
