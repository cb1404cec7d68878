// SPDX-License-Identifier: Apache-2.0
#include "app/studio/export/export_jobs.h"

#include "core/base/paths.h"
#include <utility>

namespace gesture::app {

namespace {

struct Written {
    QStringList files;
    QStringList remarks;
};

Result<Written> write(const ExportOrder& order, JobControl& control) {
    const auto plan = interchange::planExport(*order.clip, *order.avatar, order.request);
    if (!plan) return plan.error();
    const interchange::ExportSource source{
        {*order.avatar, order.clip, order.loudness, nullptr}, nullptr, order.provenance};
    const auto remarks = interchange::runExport(*plan, source, control);
    if (!remarks) return remarks.error();
    Written written;
    for (const interchange::ExportItem& item : plan->items)
        written.files.append(QString::fromStdString(item.path.string()));
    for (const std::string& remark : *remarks)
        written.remarks.append(QString::fromStdString(remark));
    return written;
}

} // namespace

ExportJobs::ExportJobs(QObject* parent)
    : QObject(parent) {}

ExportJobs::~ExportJobs() { cancel(); }

void ExportJobs::readAvatar(const std::filesystem::path& path) {
    const std::filesystem::path chosen =
        path.empty() ? resourceDirectory() / "avatar" / "free-avatar.npz" : path;
    executor_.post([this, chosen](const std::stop_token&) {
        auto read = io::readAvatarFile(chosen);
        std::shared_ptr<const io::Avatar> avatar;
        if (read) avatar = std::make_shared<const io::Avatar>(std::move(*read));
        const Error error = avatar ? Error{ErrorCode::Internal, {}} : read.error();
        QMetaObject::invokeMethod(
            this,
            [this, avatar, error] {
                if (avatar)
                    Q_EMIT avatarRead(avatar);
                else
                    Q_EMIT failed(error);
            },
            Qt::QueuedConnection);
    });
}

void ExportJobs::start(ExportOrder order) {
    stop_.emplace();
    const std::stop_token stop = stop_->get_token();
    executor_.post([this, stop, order = std::move(order)](const std::stop_token&) {
        JobControl control(stop, [this](const Progress& progress) {
            QMetaObject::invokeMethod(
                this, [this, progress] { Q_EMIT progressed(progress); }, Qt::QueuedConnection);
        });
        auto written = std::make_shared<Result<Written>>(write(order, control));
        QMetaObject::invokeMethod(
            this,
            [this, written] {
                stop_.reset();
                if (*written)
                    Q_EMIT finished((*written)->files, (*written)->remarks);
                else
                    Q_EMIT failed(written->error());
            },
            Qt::QueuedConnection);
    });
}

void ExportJobs::cancel() {
    if (stop_) stop_->request_stop();
}

} // namespace gesture::app
