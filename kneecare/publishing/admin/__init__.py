from kneecare.publishing.admin.review_reminder import ReviewReminderAdmin

__all__ = ["ReviewReminderAdmin"]
