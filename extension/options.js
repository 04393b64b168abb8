// Where the instance is: kept in this browser, and told to nobody.
import { instanceIn } from './link.js'

const field = document.getElementById('address'), said = document.getElementById('said')
field.value = localStorage.getItem('instance') ?? ''
document.querySelector('form').addEventListener('submit', event => {
  event.preventDefault()
  const instance = instanceIn(field.value)
  field.setAttribute('aria-invalid', String(!instance))
  said.textContent = instance ? 'Saved.' : 'Enter an address like https://inroad.example'
  if (!instance) { field.focus(); return }
  localStorage.setItem('instance', instance)
  field.value = instance
})
