from django.contrib.admin.apps import AdminConfig


class KneecareAdminConfig(AdminConfig):
    default_site = "kneecare.site.admin_site.ClinicAdminSite"
