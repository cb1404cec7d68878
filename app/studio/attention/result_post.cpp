// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/result_post.h"

#include <QMetaObject>
#include <QThread>

#include <utility>

namespace gesture::app {

ResultPost::ResultPost(QObject& receiver) { address_.state_->receiver = &receiver; }

ResultPost::~ResultPost() {
    const std::lock_guard lock(address_.state_->mutex);
    address_.state_->receiver = nullptr;
}

void ResultPost::Address::send(std::function<void()> deliver) const {
    std::unique_lock lock(state_->mutex);
    QObject* const receiver = state_->receiver;
    if (receiver == nullptr) return;
    if (receiver->thread() == QThread::currentThread()) {
        lock.unlock();
        deliver();
    } else {
        QMetaObject::invokeMethod(receiver, std::move(deliver), Qt::QueuedConnection);
    }
}

} // namespace gesture::app
