// SPDX-License-Identifier: Apache-2.0
#include "app/studio/services/loader.h"

#include "app/studio/document/file_kind.h"
#include "core/base/job.h"
#include "core/base/log.h"

#include <QFileInfo>

#include <utility>

namespace gesture::app {

namespace {

constexpr int kProgressDelayMs = 150;

QString fileName(const std::filesystem::path& path) {
    return QString::fromStdString(path.filename().string());
}

} // namespace

Loader::Loader(Document& document, std::filesystem::path avatar, std::unique_ptr<Executor> executor)
    : document_(document)
    , avatar_(std::move(avatar))
    , avatars_(std::make_shared<AvatarCache>())
    , executor_(std::move(executor)) {
    progressDelay_.setSingleShot(true);
    progressDelay_.setInterval(kProgressDelayMs);
    connect(&progressDelay_, &QTimer::timeout, this,
            [this] { Q_EMIT progressed(what_, done_, total_); });
}

Loader::~Loader() = default;

void Loader::loadAvatar() {
    LoadRequest request;
    post(std::move(request));
}

void Loader::open(const std::vector<std::filesystem::path>& paths) {
    LoadRequest request;
    for (const std::filesystem::path& path : paths) {
        switch (fileKindOf(path)) {
        case FileKind::Motion:
            request.motion = path;
            break;
        case FileKind::Audio:
            request.audio = path;
            break;
        case FileKind::Project:
            Q_EMIT projectChosen(path);
            return;
        case FileKind::Words:
            Q_EMIT wordsChosen(path);
            break;
        case FileKind::Unknown:
            Q_EMIT failed(unreadableSentence(path));
            return;
        }
    }
    if (!request.motion && !request.audio) return;
    if (request.motion) {
        if (!request.audio) {
            request.audio = soundBeside(*request.motion);
            request.audioIsPaired = request.audio.has_value();
        }
    } else if (document_.motion() && !document_.audio()) {
        request.openClip = document_.motion()->clip;
    }
    post(std::move(request));
}

void Loader::openSound(const std::filesystem::path& path) {
    LoadRequest request;
    request.audio = path;
    if (document_.motion()) request.openClip = document_.motion()->clip;
    post(std::move(request));
}

void Loader::closeAudio() {
    if (!document_.audio()) return;
    const QString name = fileName(document_.audio()->path);
    document_.closeAudio();
    Q_EMIT noted(tr("Closed the sound %1.").arg(name));
    LoadRequest request;
    if (document_.motion()) request.openClip = document_.motion()->clip;
    post(std::move(request));
}

void Loader::post(LoadRequest request) {
    request.avatar = avatar_;
    const int generation = ++generation_;
    ++pending_;
    what_ = request.motion ? fileName(*request.motion)
                           : (request.audio ? fileName(*request.audio) : tr("avatar"));
    done_ = total_ = 0;
    progressDelay_.start();
    executor_->post([this, generation, avatars = avatars_,
                     request = std::move(request)](const std::stop_token& stop) {
        const LoadSteps steps = [this, generation](int done, int total, const std::string& what) {
            QMetaObject::invokeMethod(
                this, [=, this] { step(generation, done, total, what); }, Qt::QueuedConnection);
        };
        JobControl control(stop, {});
        LoadResult result = runLoad(request, *avatars, steps, control);
        QMetaObject::invokeMethod(
            this,
            [this, generation, request, result = std::move(result)]() mutable {
                take(generation, request, std::move(result));
            },
            Qt::QueuedConnection);
    });
}

void Loader::step(int generation, int done, int total, const std::string& what) {
    if (generation != generation_) return;
    done_ = done;
    total_ = total;
    logMessage(LogLevel::Debug, "Loading: " + what);
    if (!progressDelay_.isActive()) Q_EMIT progressed(what_, done_, total_);
}

void Loader::take(int generation, const LoadRequest& request, LoadResult result) {
    --pending_;
    if (generation == generation_) {
        progressDelay_.stop();
        if (result.failure) {
            logError(result.failure->message());
            Q_EMIT failed(QString::fromStdString(result.failure->message()));
        } else {
            apply(request, std::move(result));
        }
    }
    if (pending_ == 0) Q_EMIT finished();
}

void Loader::apply(const LoadRequest& request, LoadResult result) {
    if (request.motion) {
        document_.setMotion(*request.motion, result.clip);
        if (document_.audio() != result.audio) document_.setAudio(result.audio);
        document_.setRange(std::nullopt);
        document_.setPlayhead({0});
    } else if (request.audio) {
        if (document_.motion() && !request.openClip) document_.closeMotion();
        document_.setAudio(result.audio);
        if (!document_.motion()) document_.setPlayhead({0});
    }
    if (result.stage) Q_EMIT stageReady(result.stage);
    announce(request, result);
    for (const std::string& remark : result.remarks) {
        logWarning(remark);
        Q_EMIT failed(QString::fromStdString(remark));
    }
}

void Loader::announce(const LoadRequest& request, const LoadResult& result) {
    QStringList paths;
    if (request.motion) paths.append(QString::fromStdString(request.motion->string()));
    if (request.audio && !request.audioIsPaired) {
        paths.append(QString::fromStdString(request.audio->string()));
    }
    if (!paths.isEmpty()) Q_EMIT opened(paths);
    if (request.audioIsPaired && result.audio) {
        Q_EMIT noted(tr("Opened %1 with the sound beside it, %2. File › Close sound takes it away.")
                         .arg(fileName(*request.motion), fileName(*request.audio)));
    } else if (request.motion) {
        Q_EMIT noted(tr("Opened %1.").arg(fileName(*request.motion)));
    } else if (request.audio && document_.motion()) {
        Q_EMIT noted(tr("Paired %1 with %2.").arg(fileName(*request.audio), document_.name()));
    } else if (request.audio) {
        Q_EMIT noted(tr("Opened %1.").arg(fileName(*request.audio)));
    }
}

} // namespace gesture::app
