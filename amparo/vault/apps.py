from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "amparo.vault"

    def ready(self) -> None:
        from amparo.vault import stretching

        stretching.policy()  # a cost below the floor stops the start
