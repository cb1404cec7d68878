// SPDX-License-Identifier: Apache-2.0
// How a session gives its project a name: the file is copied beside the GUI thread.
#include "app/studio/session/studio_session.h"

#include "core/base/log.h"

#include <utility>

namespace gesture::app {

namespace {

QString text(const std::string& sentence) { return QString::fromStdString(sentence); }

/// Everything that was committed when it began. Any thread.
Status copyProject(const std::filesystem::path& from, const std::filesystem::path& to,
                   JobControl& control) {
    project::OpenOptions options;
    options.readOnly = true;
    auto source = project::Project::open(from, options);
    if (!source) return std::move(source).error();
    return source->saveCopy(to, control);
}

} // namespace

void StudioSession::keepPicture(std::span<const std::byte> png) {
    if (!project_ || project_->readOnly()) return;
    // A list without its picture is no reason to bother anybody.
    if (const Status kept = project_->setPicture(png); !kept) logWarning(kept.error().message());
}

void StudioSession::saveAs(const std::filesystem::path& path) {
    if (!project_ || saving()) return;
    std::error_code none;
    if (std::filesystem::equivalent(path, project_->path(), none)) {
        Q_EMIT noted(tr("Every change is in this file already."));
        return;
    }
    savingTo_ = path;
    Q_EMIT noted(tr("Saving as %1…").arg(text(path.filename().string())));
    writeCopy();
}

void StudioSession::writeCopy() {
    saveStop_ = {};
    saver_.post([this, address = post_.address(), from = project_->path(), to = savingTo_,
                 step = step(), stop = saveStop_.get_token()](const std::stop_token&) {
        JobControl control(stop, {});
        Status written = copyProject(from, to, control);
        address.send([this, step, written = std::move(written)] { onCopyWritten(step, written); });
    });
}

void StudioSession::onCopyWritten(std::int64_t step, const Status& written) {
    if (!saving() || !project_) return;
    if (!written) {
        savingTo_.clear();
        succeeded(written);
        return;
    }
    // What was done meanwhile belongs to the copy as well.
    if (step != this->step()) return writeCopy();
    moveTo(std::exchange(savingTo_, {}));
}

void StudioSession::moveTo(const std::filesystem::path& path) {
    const std::filesystem::path before = project_->path();
    const bool wasUntitled = untitled_;
    auto opened = project::Project::open(path);
    if (!opened) {
        Q_EMIT failed(text(opened.error().message()));
        return;
    }
    project_ = std::move(*opened);
    untitled_ = false;
    std::error_code none;
    if (wasUntitled) std::filesystem::remove(before, none);
    apply(project::SetName{path.stem().string()});
    Q_EMIT changed();
    Q_EMIT noted(tr("Saved as %1.").arg(text(path.filename().string())));
}

} // namespace gesture::app
